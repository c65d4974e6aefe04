-- Past reporting periods: the agency's and of who follows the directive. What a period was never changes, only what is reported for it.
alter table periods enable row level security, force row level security;
--> statement-breakpoint
create policy own on periods using (organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
revoke update, delete on periods from vg_app;
--> statement-breakpoint
grant update (state, answer, answered_at, report, declared, accepted_at, requested_due, changed_at, organisation, overseer) on periods to vg_app;
--> statement-breakpoint
grant update (period) on parts, evidence to vg_app;
