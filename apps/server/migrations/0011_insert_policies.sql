-- Whoever claims to oversee an organisation must really do so: by supervision for what begins (a receipt, a duty call),
-- by the receipt for what hangs on it.
do $$
declare
  t text;
begin
  foreach t in array array['receipts', 'tasks', 'history', 'reports', 'evidence', 'acts', 'reminders', 'duty_calls'] loop
    execute format('drop policy own on %I', t);
    execute format('create policy seen on %I for select using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))', t);
    execute format('create policy changed on %I for update using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))', t);
    execute format('create policy removed on %I for delete using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))', t);
  end loop;
  foreach t in array array['receipts', 'duty_calls'] loop
    execute format('create policy written on %I for insert with check (organisation = any((select vg_scope())::uuid[]) or (overseer = any((select vg_scope())::uuid[]) and organisation = any((select vg_supervised())::uuid[])))', t);
  end loop;
  foreach t in array array['tasks', 'history', 'reports', 'evidence', 'reminders'] loop
    execute format('create policy written on %I for insert with check (organisation = any((select vg_scope())::uuid[]) or (overseer = any((select vg_scope())::uuid[]) and exists (select 1 from receipts r where r.directive = %I.directive and r.organisation = %I.organisation)))', t, t, t);
  end loop;
end $$;
--> statement-breakpoint
create policy written on acts for insert with check (
  directive in (select id from directives where organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))
);
--> statement-breakpoint
drop policy written on directives;
--> statement-breakpoint
create policy written on directives for insert with check (
  organisation = any((select vg_scope())::uuid[]) and overseer = any((select vg_directory())::uuid[])
);
