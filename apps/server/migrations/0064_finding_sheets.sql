CREATE TABLE "finding_lookups" (
	"organisation" uuid NOT NULL,
	"person" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "finding_lookups_organisation_person_hour_pk" PRIMARY KEY("organisation","person","hour")
);
--> statement-breakpoint
CREATE TABLE "finding_sheet_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"sheet" uuid NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"size" integer NOT NULL,
	"state" text NOT NULL,
	"rows" jsonb NOT NULL,
	"who" text,
	"remarks" jsonb NOT NULL,
	"result" jsonb,
	"read_at" timestamp (3) with time zone NOT NULL,
	"read_by" text NOT NULL,
	"read_by_name" text NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_by_name" text,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "finding_sheets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"overseer" uuid NOT NULL,
	"nonce" text NOT NULL,
	"filter" jsonb NOT NULL,
	"rows" jsonb NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"issued_by" text NOT NULL,
	"issued_by_name" text NOT NULL,
	"written_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "finding_sheet_files" ADD CONSTRAINT "finding_sheet_files_sheet_finding_sheets_id_fk" FOREIGN KEY ("sheet") REFERENCES "public"."finding_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "finding_sheet_files_sheet" ON "finding_sheet_files" USING btree ("sheet");--> statement-breakpoint
CREATE INDEX "finding_sheet_files_overseer" ON "finding_sheet_files" USING btree ("overseer","read_at");--> statement-breakpoint
CREATE INDEX "finding_sheet_files_organisation" ON "finding_sheet_files" USING btree ("organisation");--> statement-breakpoint
CREATE INDEX "finding_sheet_files_sha256" ON "finding_sheet_files" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "finding_sheets_organisation" ON "finding_sheets" USING btree ("organisation","issued_at");--> statement-breakpoint
CREATE INDEX "finding_sheets_overseer" ON "finding_sheets" USING btree ("overseer");--> statement-breakpoint
CREATE INDEX "findings_domain" ON "findings" USING btree ("domain" text_pattern_ops) WHERE "findings"."domain" is not null;