-- How the authority itself stands to a document from above: its own business and that of who follows the directive.
alter table arrivals enable row level security, force row level security;
--> statement-breakpoint
create policy seen on arrivals for select using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy written on arrivals for insert with check (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy changed on arrivals for update using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
revoke delete on arrivals from vg_app;
--> statement-breakpoint
-- The first answer of an agency tells the sender above that the authority's work is in progress; the agency may write no more than that.
create policy first_answer on status_messages for insert with check (
  code = '05' and request is null and sent_at is null
  and exists (
    select 1 from directives d join receipts r on r.directive = d.id
    where d.id = status_messages.directive and d.organisation = status_messages.organisation and d.overseer = status_messages.overseer
      and d.status = 'issued' and r.organisation = any((select vg_scope())::uuid[])
  )
);
--> statement-breakpoint
-- A receiving authority's report belongs to its part in the directive.
alter table rollups enable row level security, force row level security;
--> statement-breakpoint
create policy seen on rollups for select using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy written on rollups for insert with check (
  (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))
  and exists (select 1 from receipts r where r.directive = rollups.directive and r.organisation = rollups.organisation and r.overseer = rollups.overseer)
);
--> statement-breakpoint
create policy handed_over on rollups for update using (overseer = any((select vg_scope())::uuid[])) with check (true);
--> statement-breakpoint
revoke update, delete on rollups from vg_app;
--> statement-breakpoint
grant update (overseer) on rollups to vg_app;
--> statement-breakpoint
-- Reports on exercises leave the series of numbers; what was issued keeps the number in its files.
alter table summaries no force row level security;
--> statement-breakpoint
alter table directives no force row level security;
--> statement-breakpoint
update summaries s set exercise = true from directives d where d.id = s.directive and d.exercise is not null;
--> statement-breakpoint
alter table directives force row level security;
--> statement-breakpoint
alter table summaries force row level security;
