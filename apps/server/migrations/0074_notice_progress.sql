ALTER TABLE "notice_runs" ADD COLUMN "organisations" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "notice_runs" ADD COLUMN "looked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "notice_runs" ADD COLUMN "beat_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "notice_runs" ADD COLUMN "cancel_asked" boolean DEFAULT false NOT NULL;