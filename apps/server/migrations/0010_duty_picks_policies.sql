alter table duty_picks enable row level security, force row level security;
--> statement-breakpoint
create policy own on duty_picks using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
-- A pick and a call are a record: written once.
revoke update, delete on duty_picks, duty_calls from vg_app;
--> statement-breakpoint
grant update (overseer) on duty_calls to vg_app;
