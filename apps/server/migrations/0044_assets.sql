CREATE TABLE "assets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"organisation_name" text NOT NULL,
	"overseer" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"folded" text NOT NULL,
	"key" text NOT NULL,
	"system" uuid,
	"level" integer,
	"level_decision" text,
	"level_day" date,
	"address" "inet",
	"mac" "macaddr",
	"network" "cidr",
	"domain" text,
	"with_subdomains" boolean DEFAULT false NOT NULL,
	"usage" text DEFAULT 'own' NOT NULL,
	"state" text NOT NULL,
	"valid_from" date,
	"valid_to" date,
	"note" text,
	"reason" text,
	"claimed_by" text NOT NULL,
	"claimed_by_name" text NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_by_name" text,
	"decided_at" timestamp (3) with time zone,
	"continues" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "assets_organisation" ON "assets" USING btree ("organisation","kind","state");--> statement-breakpoint
CREATE INDEX "assets_overseer" ON "assets" USING btree ("overseer","kind","state");--> statement-breakpoint
CREATE INDEX "assets_name" ON "assets" USING btree ("kind","folded","id");--> statement-breakpoint
CREATE INDEX "assets_key" ON "assets" USING btree ("key");--> statement-breakpoint
CREATE INDEX "assets_system" ON "assets" USING btree ("system");--> statement-breakpoint
CREATE INDEX "assets_continues" ON "assets" USING btree ("continues");--> statement-breakpoint
CREATE INDEX "assets_network" ON "assets" USING gist ("network" inet_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "assets_one_open_holder" ON "assets" USING btree ("key") WHERE "assets"."state" = 'approved' and "assets"."valid_to" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "assets_one_holder_from" ON "assets" USING btree ("key","valid_from") WHERE "assets"."state" = 'approved' and ("assets"."valid_to" is null or "assets"."valid_to" > "assets"."valid_from");