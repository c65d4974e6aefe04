-- What a reorganisation left: for the subtree in which the unit lay and for whoever follows the row.
alter table leftovers enable row level security, force row level security;
--> statement-breakpoint
create policy seen on leftovers for select using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy written on leftovers for insert with check (vg_kept(organisation));
--> statement-breakpoint
create policy changed on leftovers for update using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
revoke delete on leftovers from vg_app;
--> statement-breakpoint
-- Who hands on a contact or a role must read it, also where supervision of the unit ended with the unit.
create policy left_behind on contacts for select using (id in (select "row" from leftovers where kind = 'contacts' and settled_at is null));
--> statement-breakpoint
create policy left_behind on memberships for select using (id in (select "row" from leftovers where kind = 'accounts' and settled_at is null));
--> statement-breakpoint
-- Roles in a company without administrative parent end and pass on with it, like everything else that is kept there.
create policy kept on memberships for select using (vg_kept(organisation));
--> statement-breakpoint
create policy kept_written on memberships for insert with check (vg_kept(organisation));
--> statement-breakpoint
create policy kept_changed on memberships for update using (vg_kept(organisation));
--> statement-breakpoint
-- Whoever is or ever was above the acting organisation: recipient groups and mapped phrases of the province are the
-- words in which documents speak, those of earlier years included; they are read below it, and written only by their keeper.
create function vg_above() returns uuid[] language sql stable as $$
  with recursive above as (
    select p.parent as id from organisation_parents p where p.organisation = current_setting('app.organisation')::uuid
    union
    select p.parent from organisation_parents p join above a on p.organisation = a.id
  )
  select array(select id from above)
$$;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['groups', 'group_members', 'phrases'] loop
    execute format('create policy above on %I for select using (organisation = any((select vg_above())::uuid[]))', t);
  end loop;
end $$;
