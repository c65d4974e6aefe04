ALTER TABLE "summaries" ADD COLUMN "return_reason" text;--> statement-breakpoint
ALTER TABLE "summaries" ADD COLUMN "returned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "summaries" ADD COLUMN "returned_by_name" text;