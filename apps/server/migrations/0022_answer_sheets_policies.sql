-- Sheets, files that came back and declarations belong to the agency and to who oversees it; what was said is written once.
do $$
declare
  t text;
begin
  foreach t in array array['answer_sheets', 'answer_files', 'declarations'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy seen on %I for select using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))', t);
    execute format('create policy changed on %I for update using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))', t);
    execute format('create policy handed_over on %I for update using (overseer = any((select vg_scope())::uuid[])) with check (organisation = any((select vg_supervised())::uuid[]) or organisation = any((select vg_scope())::uuid[]))', t);
    execute format('create policy written on %I for insert with check (organisation = any((select vg_scope())::uuid[]) or (overseer = any((select vg_scope())::uuid[]) and exists (select 1 from receipts r where r.directive = %I.directive and r.organisation = %I.organisation)))', t, t, t);
    execute format('revoke update, delete on %I from vg_app', t);
  end loop;
end $$;
--> statement-breakpoint
grant update (used_by, overseer) on answer_sheets to vg_app;
--> statement-breakpoint
grant update (state, decided_at, decided_by, decided_by_name, skipped, overseer) on answer_files to vg_app;
--> statement-breakpoint
grant update (state, decided_at, decided_by_name, reason, overseer) on declarations to vg_app;
