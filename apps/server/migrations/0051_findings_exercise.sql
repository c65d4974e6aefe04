DROP INDEX "findings_machine";--> statement-breakpoint
CREATE INDEX "assets_value" ON "assets" USING btree ("kind","network","folded","id");--> statement-breakpoint
CREATE INDEX "assets_holder" ON "assets" USING btree ("kind","organisation_name","folded","id");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_machine" ON "findings" USING btree ("organisation","kind","machine_key","family","overseer",coalesce("exercise", "overseer")) WHERE "findings"."state" <> 'void';