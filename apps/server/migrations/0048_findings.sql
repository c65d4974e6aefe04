CREATE TABLE "finding_counts" (
	"overseer" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"kind" text NOT NULL,
	"family" text NOT NULL,
	"state" text NOT NULL,
	"in_newest" boolean NOT NULL,
	"verdict" text NOT NULL,
	"exercise" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "finding_counts_overseer_organisation_kind_family_state_in_newest_verdict_exercise_pk" PRIMARY KEY("overseer","organisation","kind","family","state","in_newest","verdict","exercise")
);
--> statement-breakpoint
CREATE TABLE "finding_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"finding" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"act" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"actor_name" text NOT NULL,
	"actor_organisation" uuid NOT NULL,
	"note" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "finding_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"finding" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"added_by" text NOT NULL,
	"added_by_name" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "finding_lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"sender" uuid NOT NULL,
	"sender_name" text NOT NULL,
	"title" text NOT NULL,
	"families" text[],
	"covers_from" timestamp (3) with time zone,
	"covers_to" timestamp (3) with time zone,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	"exercise" uuid
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"kind" text DEFAULT 'botnet' NOT NULL,
	"family" text NOT NULL,
	"machine_key" text NOT NULL,
	"asset" uuid,
	"address" "inet",
	"private_address" "inet",
	"port" integer,
	"machine" text,
	"machine_folded" text,
	"mac" "macaddr",
	"domain" text,
	"network" "cidr",
	"usage" text,
	"level" smallint,
	"matched_by" text NOT NULL,
	"first_seen" timestamp (3) with time zone NOT NULL,
	"last_seen" timestamp (3) with time zone NOT NULL,
	"sightings" integer NOT NULL,
	"lists" integer NOT NULL,
	"relapses" integer DEFAULT 0 NOT NULL,
	"list" uuid NOT NULL,
	"sender" uuid NOT NULL,
	"in_newest" boolean NOT NULL,
	"rank" smallint GENERATED ALWAYS AS ((case when in_newest then 0 else 100 end + case coalesce(usage, 'own') when 'own' then 0 when 'exit' then 10 when 'dynamic' then 20 else 30 end + 5 - coalesce(level, 0))::smallint) STORED NOT NULL,
	"state" text NOT NULL,
	"answer" text,
	"answered_at" timestamp (3) with time zone,
	"answered_by_name" text,
	"note" text,
	"postponed_to" date,
	"approval" text,
	"asked_by" text,
	"reference" text,
	"machines_done" integer,
	"machines_total" integer,
	"verdict" text,
	"verdict_list" uuid,
	"verdict_why" text,
	"directive" uuid,
	"requirement" uuid,
	"due" date,
	"parent" uuid,
	"exercise" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holidays" (
	"day" date PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "list_shares" (
	"list" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"family" text NOT NULL,
	"title" text NOT NULL,
	"sender_name" text NOT NULL,
	"covers_from" timestamp (3) with time zone,
	"covers_to" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone NOT NULL,
	"findings" integer NOT NULL,
	"sightings" integer NOT NULL,
	"exercise" uuid,
	CONSTRAINT "list_shares_list_organisation_family_pk" PRIMARY KEY("list","organisation","family")
);
--> statement-breakpoint
CREATE TABLE "sightings" (
	"list" uuid NOT NULL,
	"row" integer NOT NULL,
	"finding" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"key" uuid NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"is_timed" boolean NOT NULL,
	"port" integer,
	CONSTRAINT "sightings_list_row_pk" PRIMARY KEY("list","row")
);
--> statement-breakpoint
CREATE INDEX "finding_counts_organisation" ON "finding_counts" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "finding_events_finding" ON "finding_events" USING btree ("finding","at","id");--> statement-breakpoint
CREATE INDEX "finding_files_finding" ON "finding_files" USING btree ("finding");--> statement-breakpoint
CREATE INDEX "finding_lists_organisation" ON "finding_lists" USING btree ("organisation","sender","covers_to");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_machine" ON "findings" USING btree ("organisation","kind","machine_key","family","overseer") WHERE "findings"."state" <> 'void';--> statement-breakpoint
CREATE INDEX "findings_overseer_work" ON "findings" USING btree ("overseer","state","rank","last_seen" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "findings_overseer_seen" ON "findings" USING btree ("overseer","state","last_seen" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "findings_overseer_due" ON "findings" USING btree ("overseer","state","due","id");--> statement-breakpoint
CREATE INDEX "findings_organisation_work" ON "findings" USING btree ("organisation","state","rank","last_seen" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "findings_organisation_seen" ON "findings" USING btree ("organisation","state","last_seen" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "findings_organisation_due" ON "findings" USING btree ("organisation","state","due","id");--> statement-breakpoint
CREATE INDEX "findings_family" ON "findings" USING btree ("overseer","family","state");--> statement-breakpoint
CREATE INDEX "findings_list" ON "findings" USING btree ("list");--> statement-breakpoint
CREATE INDEX "findings_address" ON "findings" USING btree ("address" inet_ops);--> statement-breakpoint
CREATE INDEX "findings_machine_name" ON "findings" USING btree ("machine_folded" text_pattern_ops) WHERE "findings"."machine_folded" is not null;--> statement-breakpoint
CREATE INDEX "findings_usage" ON "findings" USING btree ("overseer","usage") WHERE "findings"."usage" <> 'own';--> statement-breakpoint
CREATE INDEX "findings_level" ON "findings" USING btree ("overseer","level") WHERE "findings"."level" is not null;--> statement-breakpoint
CREATE INDEX "findings_answer" ON "findings" USING btree ("overseer","answer","verdict") WHERE "findings"."answer" is not null;--> statement-breakpoint
CREATE INDEX "findings_parent" ON "findings" USING btree ("parent") WHERE "findings"."parent" is not null;--> statement-breakpoint
CREATE INDEX "list_shares_organisation" ON "list_shares" USING btree ("organisation","finished_at");--> statement-breakpoint
CREATE INDEX "list_shares_overseer" ON "list_shares" USING btree ("overseer","finished_at");--> statement-breakpoint
CREATE INDEX "sightings_finding" ON "sightings" USING btree ("finding","seen_at");