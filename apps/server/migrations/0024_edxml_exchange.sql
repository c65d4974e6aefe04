CREATE TABLE "status_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"reader" uuid NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"code" text NOT NULL,
	"at" timestamp (3) with time zone,
	"description" text,
	"from_id" text NOT NULL,
	"from_name" text NOT NULL,
	"number" text,
	"day" date,
	"state" text DEFAULT 'waiting' NOT NULL,
	"moved" boolean,
	"read_at" timestamp (3) with time zone NOT NULL,
	"read_by_name" text NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"decided_by_name" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "status_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"code" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"message" jsonb NOT NULL,
	"request" uuid,
	"made_at" timestamp (3) with time zone NOT NULL,
	"made_by_name" text NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"sent_by" uuid,
	"sent_by_name" text
);
--> statement-breakpoint
ALTER TABLE "directives" ADD COLUMN "document_id" text;--> statement-breakpoint
ALTER TABLE "directives" ADD COLUMN "issuer_organ_id" text;--> statement-breakpoint
ALTER TABLE "directives" ADD COLUMN "edxml" jsonb;--> statement-breakpoint
ALTER TABLE "status_files" ADD CONSTRAINT "status_files_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_messages" ADD CONSTRAINT "status_messages_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "status_files_sha256" ON "status_files" USING btree ("reader","sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "status_files_once" ON "status_files" USING btree ("directive","organisation","code") WHERE state = 'confirmed' and code <> '13';--> statement-breakpoint
CREATE INDEX "status_files_waiting" ON "status_files" USING btree ("overseer","state");--> statement-breakpoint
CREATE INDEX "status_files_organisation" ON "status_files" USING btree ("organisation","directive");--> statement-breakpoint
CREATE UNIQUE INDEX "status_messages_once" ON "status_messages" USING btree ("directive","organisation","code") WHERE request is null;--> statement-breakpoint
CREATE UNIQUE INDEX "status_messages_request" ON "status_messages" USING btree ("request");--> statement-breakpoint
CREATE INDEX "status_messages_organisation" ON "status_messages" USING btree ("organisation","sent_at");--> statement-breakpoint
CREATE INDEX "status_messages_overseer" ON "status_messages" USING btree ("overseer");--> statement-breakpoint
CREATE INDEX "directives_document_id" ON "directives" USING btree ("document_id");