CREATE TABLE "follow_ups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"directive" uuid NOT NULL,
	"requirement" uuid NOT NULL,
	"task" uuid,
	"overseer" uuid NOT NULL,
	"day" date NOT NULL,
	"note" text,
	"set_at" timestamp (3) with time zone NOT NULL,
	"set_by" text NOT NULL,
	"set_by_name" text NOT NULL,
	CONSTRAINT "follow_ups_place" UNIQUE NULLS NOT DISTINCT("requirement","task")
);
--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_requirement_requirements_id_fk" FOREIGN KEY ("requirement") REFERENCES "public"."requirements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "follow_ups_directive" ON "follow_ups" USING btree ("directive");