CREATE TABLE "approvals" (
	"organisation" uuid PRIMARY KEY NOT NULL,
	"required" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submission_proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"directive" uuid NOT NULL,
	"items" jsonb NOT NULL,
	"report" uuid,
	"report_code" text,
	"report_day" date,
	"report_signer" text,
	"report_note" text,
	"note" text,
	"state" text DEFAULT 'proposed' NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_by_name" text NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_by_name" text,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "evidence" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "history" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "submission_proposals" ADD CONSTRAINT "submission_proposals_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "submission_proposals_organisation" ON "submission_proposals" USING btree ("organisation","state","directive");