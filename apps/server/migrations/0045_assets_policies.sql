-- The holder's subtree and the authority that approves.
alter table assets enable row level security, force row level security;
--> statement-breakpoint
-- Hashed: a reach of hundreds of organisations over tens of thousands of rows, where `= any` would search its list for each row.
create policy own on assets using (organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope())));
--> statement-breakpoint
alter table assets add constraint assets_named
  check ((kind = 'range') = (network is not null) and (kind = 'domain') = (domain is not null) and (level is null or level between 1 and 5));
