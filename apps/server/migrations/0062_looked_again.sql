CREATE TABLE "asset_acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"act" text NOT NULL,
	"rows" jsonb NOT NULL,
	"made" jsonb NOT NULL,
	"made_by" text NOT NULL,
	"made_by_name" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "list_rematches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"list" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"rows" integer NOT NULL,
	"findings_new" integer NOT NULL,
	"findings_again" integer NOT NULL,
	"made_by" text NOT NULL,
	"made_by_name" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"undone_by_name" text,
	"undone_at" timestamp (3) with time zone,
	"kept" integer
);
--> statement-breakpoint
DROP INDEX "lists_one_file";--> statement-breakpoint
ALTER TABLE "list_rows" ADD COLUMN "rematch" uuid;--> statement-breakpoint
ALTER TABLE "sender_aliases" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "list_rematches_list" ON "list_rematches" USING btree ("list","made_at");--> statement-breakpoint
CREATE UNIQUE INDEX "lists_one_file" ON "lists" USING btree ("organisation","sender","sha256",coalesce("exercise", "organisation")) WHERE "lists"."state" in ('running', 'stopped', 'done');