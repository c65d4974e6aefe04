DROP INDEX "directives_code_year";--> statement-breakpoint
ALTER TABLE "bases" ADD COLUMN "span_start" integer;--> statement-breakpoint
ALTER TABLE "bases" ADD COLUMN "span_end" integer;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "unresolved" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "why" jsonb;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "narrows" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "span_start" integer;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "span_end" integer;--> statement-breakpoint
CREATE UNIQUE INDEX "acts_open" ON "acts" USING btree ("directive","kind") WHERE state = 'proposed';--> statement-breakpoint
CREATE UNIQUE INDEX "directives_issued_code" ON "directives" USING btree ("organisation","issuer_name","code","year") WHERE status <> 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "directives_source" ON "directives" USING btree ("organisation","source_file") WHERE status <> 'withdrawn';