CREATE TABLE "list_refusals" (
	"list" uuid NOT NULL,
	"row" integer NOT NULL,
	"organisation" uuid NOT NULL,
	"column" text,
	"code" text NOT NULL,
	"reason" jsonb NOT NULL,
	"cells" jsonb NOT NULL,
	CONSTRAINT "list_refusals_list_row_pk" PRIMARY KEY("list","row")
);
--> statement-breakpoint
CREATE TABLE "list_rows" (
	"list" uuid NOT NULL,
	"row" integer NOT NULL,
	"organisation" uuid NOT NULL,
	"key" uuid NOT NULL,
	"is_same" boolean NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"is_timed" boolean NOT NULL,
	"address" "inet",
	"port" integer,
	"family" text NOT NULL,
	"domain" text,
	"machine" text,
	"private_address" "inet",
	"mac" text,
	"unit" text,
	"extra" text,
	"target" uuid,
	"asset" uuid,
	"network" "cidr",
	"usage" text,
	"level" smallint,
	"machine_key" text,
	"matched_by" text,
	"why" text NOT NULL,
	"aside_reason" text,
	"aside_by_name" text,
	"aside_at" timestamp (3) with time zone,
	CONSTRAINT "list_rows_list_row_pk" PRIMARY KEY("list","row")
);
--> statement-breakpoint
CREATE TABLE "lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"sender" uuid NOT NULL,
	"title" text NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"kind" text NOT NULL,
	"mapping" jsonb,
	"families" jsonb,
	"covers_from" timestamp (3) with time zone,
	"covers_to" timestamp (3) with time zone,
	"directive" uuid,
	"requirement" uuid,
	"due" date,
	"exercise" uuid,
	"supersedes" uuid,
	"correction" jsonb,
	"state" text DEFAULT 'draft' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"counts" jsonb NOT NULL,
	"runner" uuid,
	"beat_at" timestamp (3) with time zone,
	"cancel_asked" boolean DEFAULT false NOT NULL,
	"fault" jsonb,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"made_by" text NOT NULL,
	"made_by_name" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"withdraw_asked_by" text,
	"withdraw_asked_by_name" text,
	"withdraw_asked_at" timestamp (3) with time zone,
	"withdraw_reason" text,
	"withdrawn_by_name" text,
	"withdrawn_at" timestamp (3) with time zone,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sender_aliases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sender" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"folded" text NOT NULL,
	"target" uuid NOT NULL,
	"asset" uuid,
	"valid_from" date,
	"valid_to" date,
	"written_by" text NOT NULL,
	"written_by_name" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sender_mappings" (
	"sender" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"written_by" text NOT NULL,
	"written_by_name" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "sender_mappings_sender_fingerprint_pk" PRIMARY KEY("sender","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"name" text NOT NULL,
	"folded" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lists" ADD CONSTRAINT "lists_sender_senders_id_fk" FOREIGN KEY ("sender") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_aliases" ADD CONSTRAINT "sender_aliases_sender_senders_id_fk" FOREIGN KEY ("sender") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_mappings" ADD CONSTRAINT "sender_mappings_sender_senders_id_fk" FOREIGN KEY ("sender") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "list_rows_key" ON "list_rows" USING btree ("key");--> statement-breakpoint
CREATE INDEX "list_rows_target" ON "list_rows" USING btree ("list","target");--> statement-breakpoint
CREATE INDEX "list_rows_unmatched" ON "list_rows" USING btree ("list","address") WHERE "list_rows"."target" is null and "list_rows"."aside_at" is null;--> statement-breakpoint
CREATE INDEX "lists_organisation" ON "lists" USING btree ("organisation","made_at");--> statement-breakpoint
CREATE INDEX "lists_sender" ON "lists" USING btree ("sender","state");--> statement-breakpoint
CREATE INDEX "lists_directive" ON "lists" USING btree ("directive");--> statement-breakpoint
CREATE UNIQUE INDEX "lists_one_file" ON "lists" USING btree ("organisation","sender","sha256") WHERE "lists"."state" in ('running', 'stopped', 'done');--> statement-breakpoint
CREATE INDEX "sender_aliases_text" ON "sender_aliases" USING btree ("sender","kind","folded");--> statement-breakpoint
CREATE UNIQUE INDEX "senders_name" ON "senders" USING btree ("organisation","folded");