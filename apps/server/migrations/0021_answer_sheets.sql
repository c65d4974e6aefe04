CREATE TABLE "answer_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"sheet" uuid NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"size" integer NOT NULL,
	"state" text NOT NULL,
	"rows" jsonb NOT NULL,
	"head" jsonb NOT NULL,
	"remarks" jsonb NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"read_by" text NOT NULL,
	"read_by_name" text NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_by_name" text,
	"skipped" jsonb
);
--> statement-breakpoint
CREATE TABLE "answer_sheets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"nonce" text NOT NULL,
	"fingerprint" text NOT NULL,
	"rows" jsonb NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"issued_by" text NOT NULL,
	"issued_by_name" text NOT NULL,
	"used_by" uuid
);
--> statement-breakpoint
CREATE TABLE "declarations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"task" uuid NOT NULL,
	"via" text NOT NULL,
	"who" text,
	"said_at" timestamp (3) with time zone NOT NULL,
	"note" text,
	"proof" uuid,
	"file" uuid,
	"data" jsonb NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"entered_by" text NOT NULL,
	"entered_by_name" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by_name" text,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "declared" text;--> statement-breakpoint
ALTER TABLE "answer_files" ADD CONSTRAINT "answer_files_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_files" ADD CONSTRAINT "answer_files_sheet_answer_sheets_id_fk" FOREIGN KEY ("sheet") REFERENCES "public"."answer_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_sheets" ADD CONSTRAINT "answer_sheets_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declarations" ADD CONSTRAINT "declarations_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declarations" ADD CONSTRAINT "declarations_task_tasks_id_fk" FOREIGN KEY ("task") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declarations" ADD CONSTRAINT "declarations_file_answer_files_id_fk" FOREIGN KEY ("file") REFERENCES "public"."answer_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_files_directive" ON "answer_files" USING btree ("directive","organisation");--> statement-breakpoint
CREATE INDEX "answer_files_sheet" ON "answer_files" USING btree ("sheet");--> statement-breakpoint
CREATE INDEX "answer_files_sha256" ON "answer_files" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "answer_files_overseer" ON "answer_files" USING btree ("overseer","read_at");--> statement-breakpoint
CREATE INDEX "answer_sheets_directive" ON "answer_sheets" USING btree ("directive","organisation","issued_at");--> statement-breakpoint
CREATE INDEX "declarations_task" ON "declarations" USING btree ("task","entered_at");--> statement-breakpoint
CREATE INDEX "declarations_directive" ON "declarations" USING btree ("directive","organisation");--> statement-breakpoint
CREATE INDEX "declarations_file" ON "declarations" USING btree ("file");