ALTER TABLE "parts" ADD COLUMN "kind" text DEFAULT 'unit' NOT NULL;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "support_task" uuid;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "organisation_name" text;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "giver_name" text;