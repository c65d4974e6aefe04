DROP INDEX "findings_family";--> statement-breakpoint
CREATE INDEX "findings_family" ON "findings" USING btree ("overseer","family","list","state");