-- The desk's own dates: for who follows the directive alone, never for the agency.
alter table follow_ups enable row level security, force row level security;
--> statement-breakpoint
create policy own on follow_ups using (overseer = any((select vg_scope())::uuid[])) with check (
  overseer = any((select vg_scope())::uuid[]) and exists (select 1 from directives d where d.id = follow_ups.directive)
);
