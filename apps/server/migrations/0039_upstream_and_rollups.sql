CREATE TABLE "arrivals" (
	"directive" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"number" text,
	"day" date,
	"refused_reason" text,
	"written_by_name" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rollups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"source" text NOT NULL,
	"code" text NOT NULL,
	"day" date NOT NULL,
	"signer" text,
	"subject" text NOT NULL,
	"as_of" timestamp (3) with time zone,
	"figures" jsonb,
	"file" text NOT NULL,
	"file_name" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"added_by_name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "status_messages" DROP CONSTRAINT "status_messages_directive_directives_id_fk";
--> statement-breakpoint
DROP INDEX "status_messages_once";--> statement-breakpoint
DROP INDEX "summaries_number";--> statement-breakpoint
ALTER TABLE "summaries" ADD COLUMN "exercise" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "summaries" ADD COLUMN "tlp" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "difficulties" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "proposals" text;--> statement-breakpoint
ALTER TABLE "arrivals" ADD CONSTRAINT "arrivals_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollups" ADD CONSTRAINT "rollups_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "arrivals_organisation" ON "arrivals" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "arrivals_overseer" ON "arrivals" USING btree ("overseer");--> statement-breakpoint
CREATE UNIQUE INDEX "rollups_once" ON "rollups" USING btree ("directive","organisation","code","day");--> statement-breakpoint
CREATE INDEX "rollups_overseer" ON "rollups" USING btree ("overseer");--> statement-breakpoint
CREATE INDEX "rollups_organisation" ON "rollups" USING btree ("organisation");--> statement-breakpoint
CREATE UNIQUE INDEX "status_messages_once" ON "status_messages" USING btree ("directive","organisation","code") WHERE request is null and code <> '13';--> statement-breakpoint
CREATE UNIQUE INDEX "summaries_number" ON "summaries" USING btree ("organisation","symbol","number",extract(year from "day"),"exercise") WHERE status = 'issued';
