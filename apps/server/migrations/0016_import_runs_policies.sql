alter table import_rows enable row level security, force row level security;
--> statement-breakpoint
create policy own on import_rows using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
-- Taking an import back removes what it made, as long as nothing hangs on it; keys of the tree still refuse the rest.
create policy removed on organisations for delete using (id = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy removed on contacts for delete using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy removed on memberships for delete using (organisation = any((select vg_scope())::uuid[]));
