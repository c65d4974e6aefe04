-- Sheets and files that came back belong to the organisation and to who oversees it; what was said is written once.
do $$
declare
  t text;
begin
  foreach t in array array['finding_sheets', 'finding_sheet_files'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy own on %I using (organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope())))', t);
    execute format('revoke update, delete on %I from vg_app', t);
  end loop;
end $$;
--> statement-breakpoint
grant update (organisation, overseer) on finding_sheets to vg_app;
--> statement-breakpoint
grant update (organisation, overseer, state, decided_at, decided_by, decided_by_name, result) on finding_sheet_files to vg_app;
--> statement-breakpoint
-- How often somebody looked is for their own organisation to know.
alter table finding_lookups enable row level security, force row level security;
--> statement-breakpoint
create policy own on finding_lookups using (organisation in (select unnest(vg_scope())));
--> statement-breakpoint
revoke delete on finding_lookups from vg_app;
--> statement-breakpoint
create policy told_to_operators on organisation_names for select to current_user using (true);
--> statement-breakpoint
-- Official names of the organisations that the authority of an operator's own finding follows, ten at most: what an operator may learn
-- beyond its directory, so that it can say whose its subscriber is.
create function vg_subscribers(finding uuid, sought text[], chosen uuid, on_day date) returns table (id uuid, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.organisation, n.name
  from findings f
  cross join lateral vg_reach(f.overseer, on_day) r
  join organisation_names n on (n.organisation = any(r.organisations) or n.organisation = any(r.supervised))
  where f.id = vg_subscribers.finding and f.usage = 'carrier' and f.organisation in (select unnest(vg_scope()))
    and n.kind = 'official' and coalesce(n.valid_from, '-infinity') <= on_day and on_day < coalesce(n.valid_to, 'infinity')
    and (chosen is null or n.organisation = chosen) and ' ' || n.folded like all(sought)
  order by length(n.name), n.name, n.organisation limit 10
$$;
--> statement-breakpoint
revoke all on function vg_subscribers(uuid, text[], uuid, date) from public;
--> statement-breakpoint
grant execute on function vg_subscribers(uuid, text[], uuid, date) to vg_app;
