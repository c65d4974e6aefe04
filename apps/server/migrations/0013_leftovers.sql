CREATE TABLE "leftovers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"kind" text NOT NULL,
	"row" uuid NOT NULL,
	"text" jsonb NOT NULL,
	"folded" text NOT NULL,
	"until" date,
	"act" uuid NOT NULL,
	"act_kind" text NOT NULL,
	"on" date NOT NULL,
	"basis" text NOT NULL,
	"left_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"settled_by" text,
	"handed_to" uuid,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "leftovers" ADD CONSTRAINT "leftovers_organisation_organisations_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leftovers_organisation" ON "leftovers" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "leftovers_overseer" ON "leftovers" USING btree ("overseer");--> statement-breakpoint
CREATE INDEX "leftovers_row" ON "leftovers" USING btree ("kind","row");