DROP INDEX "findings_overseer_due";--> statement-breakpoint
DROP INDEX "findings_organisation_due";--> statement-breakpoint
CREATE INDEX "findings_overseer_dated" ON "findings" USING btree ("overseer","state","due","id") WHERE "findings"."due" is not null;--> statement-breakpoint
CREATE INDEX "findings_organisation_dated" ON "findings" USING btree ("organisation","state","due","id") WHERE "findings"."due" is not null;