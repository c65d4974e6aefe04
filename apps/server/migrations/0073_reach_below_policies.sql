-- Whoever supervises an organisation follows the units below it too (findings, notices), and has to know their names.
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
    union
    select p.organisation from organisation_parents p join ever_below b on p.parent = b.id
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
