-- Names outlive the tree of the day: the directory also holds what the subtree or its supervision ever held, every
-- ancestor of it at any time (a merged district still tells two communes apart), and what became of all these.
create or replace function vg_reach(root uuid, on_day date, out organisations uuid[], out supervised uuid[], out directory uuid[]) language sql stable as $$
  with recursive
  tree as (
    select root as id, 0 as depth
    union
    select p.organisation, t.depth + 1 from organisation_parents p join tree t on p.parent = t.id
    where t.depth < 20 and coalesce(p.valid_from, '-infinity') <= on_day and on_day < coalesce(p.valid_to, 'infinity')
  ),
  own as (select distinct id from tree),
  below as (
    select distinct s.organisation as id from supervisions s join own on s.supervisor = own.id
    where coalesce(s.valid_from, '-infinity') <= on_day and on_day < coalesce(s.valid_to, 'infinity')
  ),
  over as (
    select distinct s.supervisor as id from supervisions s join own on s.organisation = own.id
    where coalesce(s.valid_from, '-infinity') <= on_day and on_day < coalesce(s.valid_to, 'infinity')
  ),
  ever_own as (
    select root as id
    union
    select p.organisation from organisation_parents p join ever_own e on p.parent = e.id
  ),
  ever_below as (
    select distinct s.organisation as id from supervisions s join ever_own e on s.supervisor = e.id
  ),
  lineage as (
    select id from ever_own union select id from ever_below
    union
    select p.parent from organisation_parents p join lineage l on p.organisation = l.id
  ),
  kin as (
    select s.successor as id from successions s join lineage l on s.predecessor = l.id
    union
    select s.predecessor from successions s join lineage l on s.successor = l.id
  )
  select
    array(select id from own),
    array(select id from below),
    array(select id from lineage union select id from over union select id from kin)
$$;
--> statement-breakpoint
-- What hangs under no administrative parent (an operator, a company) is kept by whoever supervises it.
create function vg_kept(one uuid) returns boolean language sql stable as $$
  select one = any(vg_scope()) or (one = any(vg_supervised()) and not exists (select 1 from organisation_parents p where p.organisation = one))
$$;
--> statement-breakpoint
-- Like the tree: ids alone, and the reach itself reads them.
alter policy seen on successions using (true);
--> statement-breakpoint
create policy kept on organisations for update using (vg_kept(id));
--> statement-breakpoint
create policy kept_written on organisation_names for insert with check (vg_kept(organisation));
--> statement-breakpoint
create policy kept_changed on organisation_names for update using (vg_kept(organisation));
--> statement-breakpoint
create policy kept_removed on organisation_names for delete using (vg_kept(organisation));
--> statement-breakpoint
create policy kept_written on organisation_parents for insert with check (vg_kept(organisation) and parent = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy kept_written on supervisions for insert with check (vg_kept(organisation) and supervisor = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy kept_changed on supervisions for update using (vg_kept(organisation) and supervisor = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy kept_written on successions for insert with check (vg_kept(predecessor) and vg_kept(successor));
--> statement-breakpoint
alter table imports enable row level security, force row level security;
--> statement-breakpoint
create policy own on imports using (organisation = any((select vg_scope())::uuid[]));
