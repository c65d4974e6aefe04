ALTER TABLE "finding_lists" ADD COLUMN "totals" jsonb;--> statement-breakpoint
CREATE INDEX "finding_counts_family" ON "finding_counts" USING btree ("overseer","family","state");--> statement-breakpoint
alter table finding_lists no force row level security;
--> statement-breakpoint
alter table list_shares no force row level security;
--> statement-breakpoint
update finding_lists l set totals = jsonb_build_object('organisations', t.organisations, 'families', t.families)
from (
  select f.list, (select count(distinct organisation) from list_shares s where s.list = f.list)::int as organisations, jsonb_object_agg(f.family, f.n) as families
  from (select list, family, sum(findings)::int as n from list_shares group by list, family) f group by f.list
) t where l.id = t.list;
--> statement-breakpoint
alter table finding_lists force row level security;
--> statement-breakpoint
alter table list_shares force row level security;
