CREATE SCHEMA "identity";
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid,
	"payload" jsonb NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"sent_at" timestamp(3) with time zone,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "outbox_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"role" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor" text NOT NULL,
	"actor_name" text NOT NULL,
	"role" text,
	"organisation" uuid NOT NULL,
	"concerns" uuid,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"address" text NOT NULL,
	"request_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"row" uuid NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_seals_row_unique" UNIQUE("row")
);
--> statement-breakpoint
CREATE TABLE "audit_unsealed" (
	"id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"changes" jsonb,
	"proposed_by" text NOT NULL,
	"proposed_by_name" text NOT NULL,
	"proposed_at" timestamp(3) with time zone NOT NULL,
	"decided_by" text,
	"decided_by_name" text,
	"decided_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "bases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text,
	"code" text,
	"day" date,
	"issuer" text,
	"subject" text
);
--> statement-breakpoint
CREATE TABLE "bindings" (
	"requirement" uuid NOT NULL,
	"directive" uuid NOT NULL,
	"measure" text NOT NULL,
	CONSTRAINT "bindings_requirement_measure_pk" PRIMARY KEY("requirement","measure")
);
--> statement-breakpoint
CREATE TABLE "directives" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"kind" text NOT NULL,
	"number" text,
	"symbol" text,
	"code" text,
	"year" integer,
	"day" date,
	"place" text,
	"subject" text NOT NULL,
	"folded" text NOT NULL,
	"urgency" text,
	"issuer_name" text,
	"issuer_parent" text,
	"signer" jsonb NOT NULL,
	"text" text NOT NULL,
	"reading" jsonb NOT NULL,
	"source_file" text,
	"source_name" text,
	"signed_file" text,
	"signed_name" text,
	"window_from" date,
	"window_to" date,
	"upstream" uuid,
	"issued_at" timestamp(3) with time zone,
	"issued_by" text,
	"urgent_reason" text,
	"withdrawn_at" timestamp(3) with time zone,
	"withdraw_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recipients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"resolution" text NOT NULL,
	"group" uuid,
	"organisations" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "requirements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"position" integer NOT NULL,
	"path" text NOT NULL,
	"text" text NOT NULL,
	"heading" boolean DEFAULT false NOT NULL,
	"audience" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"audience_text" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"phrase" text,
	"due" timestamp(3) with time zone,
	"recurrence" text,
	"span_start" integer,
	"span_end" integer,
	"withdrawn_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "duty_calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"contact" uuid,
	"phone" text NOT NULL,
	"result" text NOT NULL,
	"note" text,
	"called_at" timestamp(3) with time zone NOT NULL,
	"called_by" text NOT NULL,
	"called_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."failures" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"name" text NOT NULL,
	"folded" text NOT NULL,
	"username" text NOT NULL,
	"position" text,
	"email" text,
	"phone" text,
	"language" text DEFAULT 'vi' NOT NULL,
	"must_change_password" boolean DEFAULT true NOT NULL,
	"first_password_until" timestamp(3) with time zone,
	"disabled_at" timestamp(3) with time zone,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "people_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "identity"."session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"acting_organisation" text,
	"acting_role" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "identity"."user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"username" text,
	"display_username" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email"),
	CONSTRAINT "user_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "identity"."verification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"role" text NOT NULL,
	"name" text,
	"position" text,
	"department" text,
	"phones" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"emails" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"hotline" boolean DEFAULT false NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"confirmed_at" timestamp(3) with time zone,
	"confirmed_by" text,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"member" uuid NOT NULL,
	"valid_from" date,
	"valid_to" date,
	CONSTRAINT "group_members_group_member_pk" PRIMARY KEY("group","member")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"name" text NOT NULL,
	"folded" text NOT NULL,
	"valid_from" date,
	"valid_to" date,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation_names" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"folded" text NOT NULL,
	"valid_from" date,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "organisation_parents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"parent" uuid NOT NULL,
	"valid_from" date,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"folded" text NOT NULL,
	"short_name" text,
	"code" text,
	"exists_from" date,
	"exists_to" date,
	"note" text,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phrases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"phrase" text NOT NULL,
	"folded" text NOT NULL,
	"group" uuid,
	"target" uuid,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "successions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"predecessor" uuid NOT NULL,
	"successor" uuid NOT NULL,
	"kind" text NOT NULL,
	"on" date NOT NULL,
	"act" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "supervisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"supervisor" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"field" text NOT NULL,
	"valid_from" date,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"task" uuid,
	"report" uuid,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"scan" text DEFAULT 'not-scanned' NOT NULL,
	"added_at" timestamp(3) with time zone NOT NULL,
	"added_by" text NOT NULL,
	"added_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "history" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"task" uuid,
	"at" timestamp(3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"actor_name" text NOT NULL,
	"act" text NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"organisation_name" text NOT NULL,
	"state" text DEFAULT '01' NOT NULL,
	"arrived_at" timestamp(3) with time zone NOT NULL,
	"opened_at" timestamp(3) with time zone,
	"number" text,
	"day" date,
	"received_at" timestamp(3) with time zone,
	"received_by" text,
	"refused_reason" text
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"way" text NOT NULL,
	"ticket" text NOT NULL,
	"open" integer NOT NULL,
	"note" text,
	"sent_at" timestamp(3) with time zone NOT NULL,
	"sent_by" text NOT NULL,
	"sent_by_name" text NOT NULL,
	"seen_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"code" text NOT NULL,
	"day" date NOT NULL,
	"signer" text NOT NULL,
	"note" text,
	"submitted_at" timestamp(3) with time zone NOT NULL,
	"submitted_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requirement" uuid NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"state" text DEFAULT 'assigned' NOT NULL,
	"assignee" uuid,
	"due" timestamp(3) with time zone,
	"answer" text,
	"answered_at" timestamp(3) with time zone,
	"report" uuid,
	"accepted_at" timestamp(3) with time zone,
	"changed_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bases" ADD CONSTRAINT "bases_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_requirement_requirements_id_fk" FOREIGN KEY ("requirement") REFERENCES "public"."requirements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipients" ADD CONSTRAINT "recipients_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirements" ADD CONSTRAINT "requirements_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_groups_id_fk" FOREIGN KEY ("group") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_member_organisations_id_fk" FOREIGN KEY ("member") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_names" ADD CONSTRAINT "organisation_names_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_parents" ADD CONSTRAINT "organisation_parents_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_parents" ADD CONSTRAINT "organisation_parents_parent_organisations_id_fk" FOREIGN KEY ("parent") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrases" ADD CONSTRAINT "phrases_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrases" ADD CONSTRAINT "phrases_group_groups_id_fk" FOREIGN KEY ("group") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrases" ADD CONSTRAINT "phrases_target_organisations_id_fk" FOREIGN KEY ("target") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "successions" ADD CONSTRAINT "successions_predecessor_organisations_id_fk" FOREIGN KEY ("predecessor") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "successions" ADD CONSTRAINT "successions_successor_organisations_id_fk" FOREIGN KEY ("successor") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervisions" ADD CONSTRAINT "supervisions_supervisor_organisations_id_fk" FOREIGN KEY ("supervisor") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervisions" ADD CONSTRAINT "supervisions_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history" ADD CONSTRAINT "history_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_requirement_requirements_id_fk" FOREIGN KEY ("requirement") REFERENCES "public"."requirements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memberships_person" ON "memberships" USING btree ("person");--> statement-breakpoint
CREATE INDEX "memberships_organisation" ON "memberships" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "audit_organisation" ON "audit" USING btree ("organisation","id");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "acts_directive" ON "acts" USING btree ("directive");--> statement-breakpoint
CREATE INDEX "bases_directive" ON "bases" USING btree ("directive");--> statement-breakpoint
CREATE INDEX "directives_organisation" ON "directives" USING btree ("organisation","day");--> statement-breakpoint
CREATE INDEX "directives_overseer" ON "directives" USING btree ("overseer","day");--> statement-breakpoint
CREATE UNIQUE INDEX "directives_code_year" ON "directives" USING btree ("organisation","code","year");--> statement-breakpoint
CREATE INDEX "recipients_directive" ON "recipients" USING btree ("directive");--> statement-breakpoint
CREATE INDEX "requirements_directive" ON "requirements" USING btree ("directive","position");--> statement-breakpoint
CREATE INDEX "duty_calls_organisation" ON "duty_calls" USING btree ("organisation","called_at");--> statement-breakpoint
CREATE INDEX "duty_calls_overseer" ON "duty_calls" USING btree ("overseer","called_at");--> statement-breakpoint
CREATE INDEX "account_user" ON "identity"."account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "people_organisation" ON "people" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "people_folded" ON "people" USING btree ("folded");--> statement-breakpoint
CREATE INDEX "session_user" ON "identity"."session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "contacts_organisation" ON "contacts" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "organisation_names_folded" ON "organisation_names" USING btree ("folded");--> statement-breakpoint
CREATE INDEX "organisation_names_organisation" ON "organisation_names" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "organisation_parents_organisation" ON "organisation_parents" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "organisation_parents_parent" ON "organisation_parents" USING btree ("parent");--> statement-breakpoint
CREATE INDEX "organisations_folded" ON "organisations" USING btree ("folded");--> statement-breakpoint
CREATE UNIQUE INDEX "organisations_code" ON "organisations" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "phrases_folded" ON "phrases" USING btree ("organisation","folded");--> statement-breakpoint
CREATE INDEX "successions_predecessor" ON "successions" USING btree ("predecessor");--> statement-breakpoint
CREATE INDEX "successions_successor" ON "successions" USING btree ("successor");--> statement-breakpoint
CREATE INDEX "supervisions_supervisor" ON "supervisions" USING btree ("supervisor");--> statement-breakpoint
CREATE INDEX "supervisions_organisation" ON "supervisions" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "evidence_task" ON "evidence" USING btree ("task");--> statement-breakpoint
CREATE INDEX "evidence_directive" ON "evidence" USING btree ("directive","organisation");--> statement-breakpoint
CREATE INDEX "evidence_sha256" ON "evidence" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "history_task" ON "history" USING btree ("task");--> statement-breakpoint
CREATE INDEX "history_directive_organisation" ON "history" USING btree ("directive","organisation","at");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_directive_organisation" ON "receipts" USING btree ("directive","organisation");--> statement-breakpoint
CREATE INDEX "receipts_organisation" ON "receipts" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "receipts_overseer" ON "receipts" USING btree ("overseer");--> statement-breakpoint
CREATE INDEX "reminders_directive" ON "reminders" USING btree ("directive","organisation");--> statement-breakpoint
CREATE INDEX "reminders_organisation" ON "reminders" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "reports_directive" ON "reports" USING btree ("directive","organisation");--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_requirement_organisation" ON "tasks" USING btree ("requirement","organisation");--> statement-breakpoint
CREATE INDEX "tasks_organisation_state" ON "tasks" USING btree ("organisation","state","due");--> statement-breakpoint
CREATE INDEX "tasks_overseer" ON "tasks" USING btree ("overseer","directive");--> statement-breakpoint
CREATE INDEX "tasks_directive_organisation" ON "tasks" USING btree ("directive","organisation");