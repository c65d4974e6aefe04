alter table finding_times enable row level security, force row level security;
--> statement-breakpoint
create policy own on finding_times using (organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope())));
--> statement-breakpoint
-- Counted by the owner alone, in the transaction that changes the findings.
revoke insert, update, delete on finding_times from vg_app;
--> statement-breakpoint
create policy counted on finding_times to current_user using (true) with check (true);
--> statement-breakpoint
-- Said to be clean, and no later list says otherwise.
create function vg_finding_is_clean(state text, answer text, answered_at timestamptz, verdict text) returns boolean immutable language sql
as $$ select state <> 'void' and answer in ('cleaned', 'patched') and answered_at is not null and verdict <> 'seen-again' $$;
--> statement-breakpoint
create function vg_finding_day(at timestamptz) returns date immutable language sql
as $$ select (at at time zone 'Asia/Ho_Chi_Minh')::date $$;
--> statement-breakpoint
create function vg_findings_timed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    insert into finding_times
    select overseer, organisation, exercise, from_day, to_day, sum(d) from (
      select a.overseer, a.organisation, coalesce(a.exercise::text, '') as exercise, vg_finding_day(coalesce(a.assigned_at, a.first_seen)) as from_day,
        vg_finding_day(a.answered_at) as to_day, 1 as d
      from added a where vg_finding_is_clean(a.state, a.answer, a.answered_at, a.verdict)
      union all
      select r.overseer, r.organisation, coalesce(r.exercise::text, ''), vg_finding_day(coalesce(r.assigned_at, r.first_seen)), vg_finding_day(r.answered_at), -1
      from removed r where vg_finding_is_clean(r.state, r.answer, r.answered_at, r.verdict)
    ) both_sides group by 1, 2, 3, 4, 5 having sum(d) <> 0 order by 1, 2, 3, 4, 5
    on conflict (overseer, organisation, exercise, from_day, to_day) do update set n = finding_times.n + excluded.n;
  elsif tg_op = 'INSERT' then
    insert into finding_times
    select a.overseer, a.organisation, coalesce(a.exercise::text, ''), vg_finding_day(coalesce(a.assigned_at, a.first_seen)), vg_finding_day(a.answered_at), count(*)
    from added a where vg_finding_is_clean(a.state, a.answer, a.answered_at, a.verdict) group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (overseer, organisation, exercise, from_day, to_day) do update set n = finding_times.n + excluded.n;
  else
    insert into finding_times
    select r.overseer, r.organisation, coalesce(r.exercise::text, ''), vg_finding_day(coalesce(r.assigned_at, r.first_seen)), vg_finding_day(r.answered_at), -count(*)
    from removed r where vg_finding_is_clean(r.state, r.answer, r.answered_at, r.verdict) group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (overseer, organisation, exercise, from_day, to_day) do update set n = finding_times.n + excluded.n;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger findings_timed_added after insert on findings referencing new table as added for each statement execute function vg_findings_timed();
--> statement-breakpoint
create trigger findings_timed_changed after update on findings referencing old table as removed new table as added for each statement execute function vg_findings_timed();
--> statement-breakpoint
create trigger findings_timed_removed after delete on findings referencing old table as removed for each statement execute function vg_findings_timed();
--> statement-breakpoint
alter table findings no force row level security;
--> statement-breakpoint
insert into finding_times
select f.overseer, f.organisation, coalesce(f.exercise::text, ''), vg_finding_day(coalesce(f.assigned_at, f.first_seen)), vg_finding_day(f.answered_at), count(*)
from findings f where vg_finding_is_clean(f.state, f.answer, f.answered_at, f.verdict) group by 1, 2, 3, 4, 5;
--> statement-breakpoint
alter table findings force row level security;
