CREATE TABLE "duty_picks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"directive" uuid,
	"seed" text NOT NULL,
	"candidates" integer NOT NULL,
	"picked" jsonb NOT NULL,
	"picked_at" timestamp(3) with time zone NOT NULL,
	"picked_by" text NOT NULL,
	"picked_by_name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "duty_calls" ADD COLUMN "pick" uuid;--> statement-breakpoint
CREATE INDEX "duty_picks_organisation" ON "duty_picks" USING btree ("organisation","picked_at");