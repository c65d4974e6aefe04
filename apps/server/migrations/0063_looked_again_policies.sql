-- Acts on assets are taken back by whoever acts for the organisation that did them; later looks at a list are its authority's.
do $$
declare
  t text;
begin
  foreach t in array array['asset_acts', 'list_rematches'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy own on %I using (organisation in (select unnest(vg_scope())))', t);
  end loop;
end $$;
--> statement-breakpoint
-- What was done stays as it was done; only that it was taken back is added.
revoke update, delete on asset_acts, list_rematches from vg_app;
--> statement-breakpoint
grant update (undone_at) on asset_acts to vg_app;
--> statement-breakpoint
grant update (undone_at, undone_by_name, kept) on list_rematches to vg_app;
