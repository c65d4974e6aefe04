-- Whoever has to act, and the authority that took the lists in. Hashed, as for assets.
do $$
declare
  t text;
begin
  foreach t in array array['findings', 'sightings', 'finding_events', 'finding_files', 'list_shares', 'finding_counts'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy own on %I using (organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope())))', t);
  end loop;
end $$;
--> statement-breakpoint
-- Which lists an authority has is its own business; an organisation knows of its shares.
alter table finding_lists enable row level security, force row level security;
--> statement-breakpoint
create policy own on finding_lists using (organisation in (select unnest(vg_scope())));
--> statement-breakpoint
alter table holidays enable row level security, force row level security;
--> statement-breakpoint
create policy everybody on holidays using (true);
--> statement-breakpoint
-- What happened stays; only whose it is follows a reorganisation.
revoke update, delete on finding_events, finding_files from vg_app;
--> statement-breakpoint
grant update (organisation, overseer) on finding_events, finding_files to vg_app;
--> statement-breakpoint
revoke update on sightings from vg_app;
--> statement-breakpoint
grant update (finding, organisation, overseer) on sightings to vg_app;
--> statement-breakpoint
alter table findings add constraint findings_machines check (machines_done is null or machines_total is null or machines_done between 0 and machines_total);
--> statement-breakpoint
-- Counted by the owner alone, in the transaction that changes the findings.
revoke insert, update, delete on finding_counts from vg_app;
--> statement-breakpoint
create policy counted on finding_counts to current_user using (true) with check (true);
--> statement-breakpoint
create function vg_findings_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into finding_counts
  select overseer, organisation, kind, family, state, in_newest, coalesce(verdict, ''), coalesce(exercise::text, ''), count(*)
  from added group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (overseer, organisation, kind, family, state, in_newest, verdict, exercise) do update set n = finding_counts.n + excluded.n;
  return null;
end $$;
--> statement-breakpoint
create function vg_findings_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into finding_counts
  select overseer, organisation, kind, family, state, in_newest, verdict, exercise, sum(d) from (
    select a.overseer, a.organisation, a.kind, a.family, a.state, a.in_newest, coalesce(a.verdict, '') as verdict, coalesce(a.exercise::text, '') as exercise, 1 as d from added a
    union all
    select r.overseer, r.organisation, r.kind, r.family, r.state, r.in_newest, coalesce(r.verdict, ''), coalesce(r.exercise::text, ''), -1 from removed r
  ) both_sides group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(d) <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (overseer, organisation, kind, family, state, in_newest, verdict, exercise) do update set n = finding_counts.n + excluded.n;
  return null;
end $$;
--> statement-breakpoint
create function vg_findings_removed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into finding_counts
  select overseer, organisation, kind, family, state, in_newest, coalesce(verdict, ''), coalesce(exercise::text, ''), -count(*)
  from removed group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (overseer, organisation, kind, family, state, in_newest, verdict, exercise) do update set n = finding_counts.n + excluded.n;
  return null;
end $$;
--> statement-breakpoint
create trigger findings_added after insert on findings referencing new table as added for each statement execute function vg_findings_added();
--> statement-breakpoint
create trigger findings_changed after update on findings referencing old table as removed new table as added for each statement execute function vg_findings_changed();
--> statement-breakpoint
create trigger findings_removed after delete on findings referencing old table as removed for each statement execute function vg_findings_removed();
