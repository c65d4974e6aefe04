ALTER TABLE "submission_proposals" ADD COLUMN "report_difficulties" text;--> statement-breakpoint
ALTER TABLE "submission_proposals" ADD COLUMN "report_proposals" text;