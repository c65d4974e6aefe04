CREATE TABLE "summaries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"directive" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"figures" jsonb NOT NULL,
	"corrects" uuid,
	"changes" jsonb NOT NULL,
	"text" jsonb NOT NULL,
	"number" text,
	"symbol" text NOT NULL,
	"day" date,
	"written_by" text NOT NULL,
	"written_by_name" text NOT NULL,
	"approved_by" text,
	"approved_by_name" text,
	"approved_at" timestamp (3) with time zone,
	"issued_at" timestamp (3) with time zone,
	"issued_by_name" text,
	"docx_file" text,
	"pdf_file" text,
	"edxml_file" text,
	"version" integer DEFAULT 1 NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "summary_rows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"summary" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"figure" text NOT NULL,
	"position" integer NOT NULL,
	"row" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "summary_schedules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"directive" uuid NOT NULL,
	"hour" integer NOT NULL,
	"minute" integer NOT NULL,
	"until" date NOT NULL,
	"last_day" date,
	"person" uuid NOT NULL,
	"person_name" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "summary_rows" ADD CONSTRAINT "summary_rows_summary_summaries_id_fk" FOREIGN KEY ("summary") REFERENCES "public"."summaries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "summary_schedules" ADD CONSTRAINT "summary_schedules_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "summaries_directive" ON "summaries" USING btree ("directive","as_of");--> statement-breakpoint
CREATE INDEX "summaries_organisation" ON "summaries" USING btree ("organisation","as_of");--> statement-breakpoint
CREATE UNIQUE INDEX "summaries_number" ON "summaries" USING btree ("organisation","symbol","number",extract(year from "day")) WHERE status = 'issued';--> statement-breakpoint
CREATE INDEX "summary_rows_figure" ON "summary_rows" USING btree ("summary","figure","position");--> statement-breakpoint
CREATE UNIQUE INDEX "summary_schedules_directive" ON "summary_schedules" USING btree ("organisation","directive");