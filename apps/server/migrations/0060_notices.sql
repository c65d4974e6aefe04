CREATE TABLE "notice_findings" (
	"notice" uuid NOT NULL,
	"finding" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"test" boolean NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"private_address" text,
	"family" text NOT NULL,
	"last_seen" timestamp (3) with time zone NOT NULL,
	"relapses" integer NOT NULL,
	"in_newest" boolean NOT NULL,
	"freshness" text NOT NULL,
	CONSTRAINT "notice_findings_notice_finding_pk" PRIMARY KEY("notice","finding")
);
--> statement-breakpoint
CREATE TABLE "notice_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"name" text NOT NULL,
	"active" boolean NOT NULL,
	"interval" text NOT NULL,
	"hour" smallint NOT NULL,
	"minute" smallint NOT NULL,
	"weekday" smallint NOT NULL,
	"monthday" smallint NOT NULL,
	"threshold" integer NOT NULL,
	"quiet_days" smallint NOT NULL,
	"relapse" text NOT NULL,
	"relapse_days" smallint NOT NULL,
	"usages" text[] NOT NULL,
	"families" text[] NOT NULL,
	"units" uuid[] NOT NULL,
	"while_answered" boolean NOT NULL,
	"while_postponed" boolean NOT NULL,
	"roles" text[] NOT NULL,
	"test" boolean NOT NULL,
	"exercise" uuid,
	"active_from" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"written_by" text NOT NULL,
	"written_by_name" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"rule" uuid NOT NULL,
	"interval" text NOT NULL,
	"trigger" text NOT NULL,
	"test" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"notices" integer DEFAULT 0 NOT NULL,
	"findings" integer DEFAULT 0 NOT NULL,
	"held" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"rule" uuid NOT NULL,
	"rule_name" text NOT NULL,
	"interval" text NOT NULL,
	"ticket" text NOT NULL,
	"frozen_at" timestamp (3) with time zone NOT NULL,
	"total" integer NOT NULL,
	"newest" integer NOT NULL,
	"again" integer NOT NULL,
	"fresh" integer NOT NULL,
	"roles" text[] NOT NULL,
	"test" boolean NOT NULL,
	"exercise" uuid,
	"person" uuid,
	"by_name" text NOT NULL,
	"seen_at" timestamp (3) with time zone,
	"seen_by_name" text,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices_told" (
	"finding" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"notice" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"relapses" integer NOT NULL,
	CONSTRAINT "notices_told_finding_overseer_pk" PRIMARY KEY("finding","overseer")
);
--> statement-breakpoint
CREATE INDEX "notice_findings_finding" ON "notice_findings" USING btree ("finding");--> statement-breakpoint
CREATE INDEX "notice_rules_organisation" ON "notice_rules" USING btree ("organisation");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_runs_interval" ON "notice_runs" USING btree ("rule","interval") WHERE "notice_runs"."trigger" = 'schedule';--> statement-breakpoint
CREATE INDEX "notice_runs_rule" ON "notice_runs" USING btree ("rule","at");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_interval" ON "notices" USING btree ("overseer","organisation","interval");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_ticket" ON "notices" USING btree ("overseer","ticket");--> statement-breakpoint
CREATE INDEX "notices_overseer" ON "notices" USING btree ("overseer","frozen_at");--> statement-breakpoint
CREATE INDEX "notices_organisation" ON "notices" USING btree ("organisation","frozen_at");