-- The same machine with the same, as one short key.
create function vg_finding_identity(organisation uuid, overseer uuid, exercise uuid, kind text, family text, machine_key text) returns uuid immutable language sql
as $$ select md5(organisation::text || overseer::text || coalesce(exercise::text, '') || ' ' || kind || ' ' || family || chr(31) || machine_key)::uuid $$;
--> statement-breakpoint
DROP INDEX "findings_machine";--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "identity" uuid GENERATED ALWAYS AS (vg_finding_identity(organisation, overseer, exercise, kind, family, machine_key)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "assigned_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "findings_identity" ON "findings" USING btree ("identity") WHERE "findings"."state" <> 'void';