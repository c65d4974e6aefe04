-- Reports belong to who made them; frozen rows are written once.
do $$
declare
  t text;
begin
  foreach t in array array['summaries', 'summary_rows', 'summary_schedules'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy own on %I using (organisation = any((select vg_scope())::uuid[]))', t);
  end loop;
end $$;
--> statement-breakpoint
revoke delete on summaries from vg_app;
--> statement-breakpoint
revoke update, delete on summary_rows from vg_app;
