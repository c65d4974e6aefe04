alter table finding_sums enable row level security, force row level security;
--> statement-breakpoint
create policy own on finding_sums using (organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope())));
--> statement-breakpoint
-- Over all organisations of an authority: nobody else's business.
alter table finding_families enable row level security, force row level security;
--> statement-breakpoint
create policy own on finding_families using (overseer in (select unnest(vg_scope())));
--> statement-breakpoint
revoke insert, update, delete on finding_sums, finding_families from vg_app;
--> statement-breakpoint
create policy counted on finding_sums to current_user using (true) with check (true);
--> statement-breakpoint
create policy counted on finding_families to current_user using (true) with check (true);
--> statement-breakpoint
-- Follows finding_counts, which says what changed by how much.
create function vg_findings_summed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into finding_sums
    select overseer, organisation, state, in_newest, verdict, exercise, sum(n) from added group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6
    on conflict (overseer, organisation, state, in_newest, verdict, exercise) do update set n = finding_sums.n + excluded.n;
    insert into finding_families
    select overseer, family, state, in_newest, verdict, exercise, sum(n) from added group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6
    on conflict (overseer, family, state, in_newest, verdict, exercise) do update set n = finding_families.n + excluded.n;
  else
    insert into finding_sums
    select overseer, organisation, state, in_newest, verdict, exercise, sum(d) from
      (select a.*, a.n as d from added a union all select r.*, -r.n from removed r) both_sides group by 1, 2, 3, 4, 5, 6 having sum(d) <> 0 order by 1, 2, 3, 4, 5, 6
    on conflict (overseer, organisation, state, in_newest, verdict, exercise) do update set n = finding_sums.n + excluded.n;
    insert into finding_families
    select overseer, family, state, in_newest, verdict, exercise, sum(d) from
      (select a.*, a.n as d from added a union all select r.*, -r.n from removed r) both_sides group by 1, 2, 3, 4, 5, 6 having sum(d) <> 0 order by 1, 2, 3, 4, 5, 6
    on conflict (overseer, family, state, in_newest, verdict, exercise) do update set n = finding_families.n + excluded.n;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger finding_counts_added after insert on finding_counts referencing new table as added for each statement execute function vg_findings_summed();
--> statement-breakpoint
create trigger finding_counts_changed after update on finding_counts referencing old table as removed new table as added for each statement execute function vg_findings_summed();
