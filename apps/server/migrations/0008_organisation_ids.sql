-- Every id there is, without a name: what the house's own context (sealer, jobs, commands) reaches.
create table organisation_ids (id uuid primary key);
--> statement-breakpoint
create function vg_organisation_made() returns trigger language plpgsql as $$
begin
  insert into organisation_ids (id) values (new.id) on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
create trigger organisation_made after insert on organisations for each row execute function vg_organisation_made();
--> statement-breakpoint
alter table organisation_ids enable row level security, force row level security;
--> statement-breakpoint
create policy ids on organisation_ids using (true);
--> statement-breakpoint
revoke update, delete on organisation_ids from vg_app;
