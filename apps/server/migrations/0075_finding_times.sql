CREATE TABLE "finding_times" (
	"overseer" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"exercise" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "finding_times_overseer_organisation_exercise_from_day_to_day_pk" PRIMARY KEY("overseer","organisation","exercise","from_day","to_day")
);
--> statement-breakpoint
CREATE INDEX "finding_times_organisation" ON "finding_times" USING btree ("organisation");