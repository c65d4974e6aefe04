-- The policy as a set that is hashed once: every row that is written asks it.
drop policy own on list_rows;
--> statement-breakpoint
create policy own on list_rows using (organisation in (select unnest(vg_scope())));
--> statement-breakpoint
drop policy own on list_refusals;
--> statement-breakpoint
create policy own on list_refusals using (organisation in (select unnest(vg_scope())));
--> statement-breakpoint
-- Grouped before they are put in order: thousands of rows come down to a few dozen.
create or replace function vg_findings_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with sums as materialized (
    select overseer, organisation, kind, family, state, in_newest, verdict, exercise, count(*) as n from (select a.overseer, a.organisation, a.kind, a.family, a.state, a.in_newest, coalesce(a.verdict, '') as verdict, coalesce(a.exercise::text, '') as exercise from added a) rows group by overseer, organisation, kind, family, state, in_newest, verdict, exercise
  )
  insert into finding_counts select overseer, organisation, kind, family, state, in_newest, verdict, exercise, n from sums order by overseer, organisation, kind, family, state, in_newest, verdict, exercise
  on conflict (overseer, organisation, kind, family, state, in_newest, verdict, exercise) do update set n = finding_counts.n + excluded.n;
  return null;
end $$;
--> statement-breakpoint
create or replace function vg_findings_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with sums as materialized (
    select overseer, organisation, kind, family, state, in_newest, verdict, exercise, sum(d) as n from (select a.overseer, a.organisation, a.kind, a.family, a.state, a.in_newest, coalesce(a.verdict, '') as verdict, coalesce(a.exercise::text, '') as exercise, 1 as d from added a union all select r.overseer, r.organisation, r.kind, r.family, r.state, r.in_newest, coalesce(r.verdict, '') as verdict, coalesce(r.exercise::text, '') as exercise, -1 from removed r) rows group by overseer, organisation, kind, family, state, in_newest, verdict, exercise having sum(d) <> 0
  )
  insert into finding_counts select overseer, organisation, kind, family, state, in_newest, verdict, exercise, n from sums order by overseer, organisation, kind, family, state, in_newest, verdict, exercise
  on conflict (overseer, organisation, kind, family, state, in_newest, verdict, exercise) do update set n = finding_counts.n + excluded.n;
  return null;
end $$;
--> statement-breakpoint
create or replace function vg_findings_removed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with sums as materialized (
    select overseer, organisation, kind, family, state, in_newest, verdict, exercise, -count(*) as n from (select r.overseer, r.organisation, r.kind, r.family, r.state, r.in_newest, coalesce(r.verdict, '') as verdict, coalesce(r.exercise::text, '') as exercise from removed r) rows group by overseer, organisation, kind, family, state, in_newest, verdict, exercise
  )
  insert into finding_counts select overseer, organisation, kind, family, state, in_newest, verdict, exercise, n from sums order by overseer, organisation, kind, family, state, in_newest, verdict, exercise
  on conflict (overseer, organisation, kind, family, state, in_newest, verdict, exercise) do update set n = finding_counts.n + excluded.n;
  return null;
end $$;
