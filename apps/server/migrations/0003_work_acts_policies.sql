-- Whoever oversees rows may hand them to the next overseer, as long as the organisation remains in reach.
do $$
declare
  t text;
begin
  foreach t in array array['receipts', 'tasks', 'history', 'reports', 'evidence', 'acts', 'reminders', 'duty_calls'] loop
    execute format('create policy handed_over on %I for update using (overseer = any((select vg_scope())::uuid[])) with check (organisation = any((select vg_supervised())::uuid[]) or organisation = any((select vg_scope())::uuid[]))', t);
  end loop;
end $$;
--> statement-breakpoint
grant update (overseer) on history, reports, evidence to vg_app;
