-- Statuses belong to the agency whose they are and to who oversees the directive; what was made or read in is written once.
do $$
declare
  t text;
begin
  foreach t in array array['status_messages', 'status_files'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy seen on %I for select using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))', t);
    execute format('create policy changed on %I for update using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))', t);
    execute format('create policy handed_over on %I for update using (overseer = any((select vg_scope())::uuid[])) with check (organisation = any((select vg_supervised())::uuid[]) or organisation = any((select vg_scope())::uuid[]))', t);
    execute format('create policy written on %I for insert with check (organisation = any((select vg_scope())::uuid[]) or (overseer = any((select vg_scope())::uuid[]) and exists (select 1 from receipts r where r.directive = %I.directive and r.organisation = %I.organisation)))', t, t, t);
    execute format('revoke update, delete on %I from vg_app', t);
  end loop;
end $$;
--> statement-breakpoint
grant update (sent_at, sent_by, sent_by_name, overseer) on status_messages to vg_app;
--> statement-breakpoint
grant update (state, moved, decided_at, decided_by, decided_by_name, reason, overseer) on status_files to vg_app;
