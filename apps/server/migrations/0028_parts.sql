CREATE TABLE "part_texts" (
	"part" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"giver" uuid NOT NULL,
	"note" text,
	"answer" text,
	"answered_by_name" text
);
--> statement-breakpoint
CREATE TABLE "parts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task" uuid NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"giver" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"path" text NOT NULL,
	"text" text NOT NULL,
	"code" text,
	"subject" text NOT NULL,
	"due" timestamp (3) with time zone,
	"state" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"given_by_name" text NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"taken_over_at" timestamp (3) with time zone,
	"taken_back_at" timestamp (3) with time zone,
	"taken_back_reason" text
);
--> statement-breakpoint
ALTER TABLE "evidence" ADD COLUMN "part" uuid;--> statement-breakpoint
ALTER TABLE "part_texts" ADD CONSTRAINT "part_texts_part_parts_id_fk" FOREIGN KEY ("part") REFERENCES "public"."parts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parts" ADD CONSTRAINT "parts_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "parts_one_open" ON "parts" USING btree ("task","organisation") WHERE state <> 'taken-back';--> statement-breakpoint
CREATE INDEX "parts_giver" ON "parts" USING btree ("giver","directive");--> statement-breakpoint
CREATE INDEX "parts_organisation" ON "parts" USING btree ("organisation","state");--> statement-breakpoint
CREATE INDEX "parts_overseer" ON "parts" USING btree ("overseer","directive");