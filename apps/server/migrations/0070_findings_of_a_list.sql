DROP INDEX "findings_list";--> statement-breakpoint
CREATE INDEX "findings_list_work" ON "findings" USING btree ("list","state","rank","last_seen" DESC NULLS LAST,"id");