-- Who sees what. Every policy reads the scope that `inTransaction` sets and raises when it is unset:
-- an unset setting is unknown, a setting left by an earlier transaction is an empty string, neither is a uuid[].
create function vg_scope() returns uuid[] language sql stable as $$ select current_setting('app.scope')::uuid[] $$;
--> statement-breakpoint
create function vg_supervised() returns uuid[] language sql stable as $$ select current_setting('app.supervised')::uuid[] $$;
--> statement-breakpoint
create function vg_directory() returns uuid[] language sql stable as $$ select current_setting('app.directory')::uuid[] $$;
--> statement-breakpoint
-- The reach of an organisation on a day, from the dated tree: ids only, which is why every login may read the tree.
create function vg_reach(root uuid, on_day date, out organisations uuid[], out supervised uuid[], out directory uuid[]) language sql stable as $$
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
  above as (
    select root as id, 0 as depth
    union
    select p.parent, a.depth + 1 from organisation_parents p join above a on p.organisation = a.id
    where a.depth < 20 and coalesce(p.valid_from, '-infinity') <= on_day and on_day < coalesce(p.valid_to, 'infinity')
  ),
  over as (
    select distinct s.supervisor as id from supervisions s join own on s.organisation = own.id
    where coalesce(s.valid_from, '-infinity') <= on_day and on_day < coalesce(s.valid_to, 'infinity')
  )
  select
    array(select id from own),
    array(select id from below),
    array(select id from own union select id from below union select id from above union select id from over)
$$;
--> statement-breakpoint
do $$
declare
  t text;
begin
  -- Rows of an organisation, some of them also of whoever oversees it.
  foreach t in array array['people', 'audit', 'groups', 'group_members', 'phrases', 'outbox'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy own on %I using (organisation = any((select vg_scope())::uuid[]))', t);
  end loop;
  foreach t in array array['receipts', 'tasks', 'history', 'reports', 'evidence', 'acts', 'reminders', 'duty_calls'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy own on %I using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]))', t);
  end loop;
  -- What hangs on a directive is seen with it.
  foreach t in array array['bases', 'recipients', 'requirements', 'bindings'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy seen on %I for select using (directive in (select id from directives))', t);
    execute format('create policy written on %I for insert with check (directive in (select id from directives where organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[])))', t);
    execute format('create policy changed on %I for update using (directive in (select id from directives where organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[])))', t);
    execute format('create policy removed on %I for delete using (directive in (select id from directives where organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[])))', t);
  end loop;
  -- The directory of names, written only by those in whose subtree it lies.
  foreach t in array array['organisation_names'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy seen on %I for select using (organisation = any((select vg_directory())::uuid[]))', t);
    execute format('create policy written on %I for insert with check (organisation = any((select vg_scope())::uuid[]))', t);
    execute format('create policy changed on %I for update using (organisation = any((select vg_scope())::uuid[]))', t);
    execute format('create policy removed on %I for delete using (organisation = any((select vg_scope())::uuid[]))', t);
  end loop;
end $$;
--> statement-breakpoint
-- A receiver sees a directive once it was issued to it.
alter table directives enable row level security, force row level security;
--> statement-breakpoint
create policy seen on directives for select using (
  organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[])
  or (status <> 'draft' and id in (select directive from receipts where organisation = any((select vg_scope())::uuid[])))
);
--> statement-breakpoint
create policy written on directives for insert with check (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy changed on directives for update using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy removed on directives for delete using (organisation = any((select vg_scope())::uuid[]) and status = 'draft');
--> statement-breakpoint
alter table organisations enable row level security, force row level security;
--> statement-breakpoint
create policy seen on organisations for select using (id = any((select vg_directory())::uuid[]));
--> statement-breakpoint
-- A new organisation enters the scope with its parent, in the same transaction.
create policy written on organisations for insert with check (id = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy changed on organisations for update using (id = any((select vg_scope())::uuid[]));
--> statement-breakpoint
-- The tree is ids alone; names are in the directory above. Changing it takes both ends or, for supervision, the supervised one.
alter table organisation_parents enable row level security, force row level security;
--> statement-breakpoint
create policy seen on organisation_parents for select using (true);
--> statement-breakpoint
create policy written on organisation_parents for insert with check (organisation = any((select vg_scope())::uuid[]) and parent = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy changed on organisation_parents for update using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy removed on organisation_parents for delete using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
alter table supervisions enable row level security, force row level security;
--> statement-breakpoint
create policy seen on supervisions for select using (true);
--> statement-breakpoint
create policy written on supervisions for insert with check (organisation = any((select vg_scope())::uuid[]) and supervisor = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy changed on supervisions for update using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy removed on supervisions for delete using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
alter table successions enable row level security, force row level security;
--> statement-breakpoint
create policy seen on successions for select using (predecessor = any((select vg_directory())::uuid[]) or successor = any((select vg_directory())::uuid[]));
--> statement-breakpoint
create policy written on successions for insert with check (predecessor = any((select vg_scope())::uuid[]) and successor = any((select vg_scope())::uuid[]));
--> statement-breakpoint
-- A contact is also for whoever supervises the organisation: that is what the register is for.
alter table contacts enable row level security, force row level security;
--> statement-breakpoint
create policy seen on contacts for select using (organisation = any((select vg_scope())::uuid[]) or organisation = any((select vg_supervised())::uuid[]));
--> statement-breakpoint
create policy written on contacts for insert with check (organisation = any((select vg_scope())::uuid[]) or organisation = any((select vg_supervised())::uuid[]));
--> statement-breakpoint
create policy changed on contacts for update using (organisation = any((select vg_scope())::uuid[]) or organisation = any((select vg_supervised())::uuid[]));
--> statement-breakpoint
-- Memberships: those of one's reach, and always one's own.
alter table memberships enable row level security, force row level security;
--> statement-breakpoint
create policy seen on memberships for select using (organisation = any((select vg_scope())::uuid[]) or person::text = current_setting('app.person'));
--> statement-breakpoint
create policy written on memberships for insert with check (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy changed on memberships for update using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
-- One's own name and language.
create policy oneself on people using (id::text = current_setting('app.person'));
--> statement-breakpoint
-- An act that concerns another organisation is in that one's log too.
create policy concerned on audit for select using (concerns = any((select vg_scope())::uuid[]));
--> statement-breakpoint
alter table audit_unsealed enable row level security, force row level security;
--> statement-breakpoint
create policy sealer on audit_unsealed using (true);
--> statement-breakpoint
alter table audit_seals enable row level security, force row level security;
--> statement-breakpoint
create policy sealer on audit_seals using (true);
--> statement-breakpoint
alter table settings enable row level security, force row level security;
--> statement-breakpoint
create policy everybody on settings using (true);
--> statement-breakpoint
create function vg_audit_waits() returns trigger language plpgsql as $$
begin
  insert into audit_unsealed (id) values (new.id);
  return null;
end $$;
--> statement-breakpoint
create trigger audit_waits after insert on audit for each row execute function vg_audit_waits();
--> statement-breakpoint
grant usage on schema public to vg_app;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema public to vg_app;
--> statement-breakpoint
-- The log is only written to.
revoke update, delete on audit, audit_seals from vg_app;
--> statement-breakpoint
-- Evidence is write-once; what changes is only the result of a scan.
revoke update, delete on evidence from vg_app;
--> statement-breakpoint
grant update (scan) on evidence to vg_app;
--> statement-breakpoint
revoke update, delete on history, reports from vg_app;
--> statement-breakpoint
alter default privileges in schema public grant select, insert, update, delete on tables to vg_app;
--> statement-breakpoint
grant usage on schema identity to vg_identity;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema identity to vg_identity;
