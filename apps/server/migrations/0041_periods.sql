CREATE TABLE "periods" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task" uuid NOT NULL,
	"requirement" uuid NOT NULL,
	"directive" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"number" integer NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"due" timestamp (3) with time zone,
	"state" text NOT NULL,
	"answer" text,
	"answered_at" timestamp (3) with time zone,
	"report" uuid,
	"declared" text,
	"accepted_at" timestamp (3) with time zone,
	"requested_due" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "parts_one_open";--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "period" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "evidence" ADD COLUMN "period" integer;--> statement-breakpoint
ALTER TABLE "requirements" ADD COLUMN "recurrence_until" date;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "period" integer;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "period_from" date;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "period_to" date;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "period_end" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "period_opened_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "periods" ADD CONSTRAINT "periods_requirement_requirements_id_fk" FOREIGN KEY ("requirement") REFERENCES "public"."requirements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "periods" ADD CONSTRAINT "periods_directive_directives_id_fk" FOREIGN KEY ("directive") REFERENCES "public"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "parts_one_open" ON "parts" USING btree ("task","organisation","period") WHERE state <> 'taken-back';--> statement-breakpoint
CREATE UNIQUE INDEX "periods_task_number" ON "periods" USING btree ("task","number");--> statement-breakpoint
CREATE INDEX "periods_directive" ON "periods" USING btree ("directive","organisation");--> statement-breakpoint
CREATE INDEX "periods_organisation" ON "periods" USING btree ("organisation","state");--> statement-breakpoint
CREATE INDEX "periods_overseer" ON "periods" USING btree ("overseer","directive");--> statement-breakpoint
CREATE INDEX "tasks_period_end" ON "tasks" USING btree ("period_end") WHERE period_end is not null;
