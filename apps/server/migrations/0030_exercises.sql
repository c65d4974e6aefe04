CREATE TABLE "exercises" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"name" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"destinations" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"written_by" text NOT NULL,
	"written_by_name" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
DROP INDEX "directives_issued_code";--> statement-breakpoint
ALTER TABLE "directives" ADD COLUMN "exercise" uuid;--> statement-breakpoint
ALTER TABLE "directives" ADD COLUMN "exercise_name" text;--> statement-breakpoint
ALTER TABLE "duty_calls" ADD COLUMN "exercise" uuid;--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "exercise" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "exercises_organisation" ON "exercises" USING btree ("organisation","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "directives_issued_code" ON "directives" USING btree ("organisation","issuer_key","code","year") WHERE status <> 'draft' and exercise is null;