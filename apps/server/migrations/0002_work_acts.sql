ALTER TABLE "history" ADD COLUMN "data" jsonb;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "requested_due" timestamp(3) with time zone;