CREATE TABLE "finding_families" (
	"overseer" uuid NOT NULL,
	"family" text NOT NULL,
	"state" text NOT NULL,
	"in_newest" boolean NOT NULL,
	"verdict" text NOT NULL,
	"exercise" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "finding_families_overseer_family_state_in_newest_verdict_exercise_pk" PRIMARY KEY("overseer","family","state","in_newest","verdict","exercise")
);
--> statement-breakpoint
CREATE TABLE "finding_sums" (
	"overseer" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"state" text NOT NULL,
	"in_newest" boolean NOT NULL,
	"verdict" text NOT NULL,
	"exercise" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "finding_sums_overseer_organisation_state_in_newest_verdict_exercise_pk" PRIMARY KEY("overseer","organisation","state","in_newest","verdict","exercise")
);
--> statement-breakpoint
CREATE INDEX "finding_sums_organisation" ON "finding_sums" USING btree ("organisation");