-- Rules, their runs and what was told when are the authority's own business.
do $$
declare
  t text;
begin
  foreach t in array array['notice_rules', 'notice_runs', 'notices', 'notice_findings', 'notices_told'] loop
    execute format('alter table %I enable row level security, force row level security', t);
  end loop;
  foreach t in array array['notice_rules', 'notice_runs'] loop
    execute format('create policy own on %I using (organisation = any((select vg_scope())::uuid[]))', t);
  end loop;
  -- A test is seen by the authority alone.
  foreach t in array array['notices', 'notice_findings'] loop
    execute format('create policy seen on %I for select using (overseer in (select unnest(vg_scope())) or (organisation in (select unnest(vg_scope())) and not test))', t);
  end loop;
end $$;
--> statement-breakpoint
create policy own on notices_told using (overseer in (select unnest(vg_scope())));
--> statement-breakpoint
-- Only whom the authority has findings of is told anything.
create policy written on notices for insert with check (
  overseer in (select unnest(vg_scope())) and exists (select 1 from findings f where f.organisation = notices.organisation and f.overseer = notices.overseer)
);
--> statement-breakpoint
create policy changed on notices for update using (overseer in (select unnest(vg_scope())) or (organisation in (select unnest(vg_scope())) and not test));
--> statement-breakpoint
create policy written on notice_findings for insert with check (
  overseer in (select unnest(vg_scope())) and exists (
    select 1 from notices n where n.id = notice_findings.notice and n.organisation = notice_findings.organisation and n.overseer = notice_findings.overseer and n.test = notice_findings.test)
);
--> statement-breakpoint
-- What was told stays as it was told; only that somebody saw it is added.
revoke update, delete on notices, notice_findings from vg_app;
--> statement-breakpoint
grant update (seen_at, seen_by_name) on notices to vg_app;
