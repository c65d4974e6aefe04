grant select, insert, update, delete on identity.second_factor, identity.recovery_code, identity.api_token to vg_identity;
--> statement-breakpoint
alter table second_factor_resets enable row level security, force row level security;
--> statement-breakpoint
-- Administrators of the person's organisation, and the person: who took the second factor away is no secret from them.
create policy seen on second_factor_resets for select using (organisation = any((select vg_scope())::uuid[]) or person::text = current_setting('app.person'));
--> statement-breakpoint
create policy written on second_factor_resets for insert with check (organisation = any((select vg_scope())::uuid[]) and proposed_by::text = current_setting('app.person'));
--> statement-breakpoint
create policy changed on second_factor_resets for update using (organisation = any((select vg_scope())::uuid[]) or person::text = current_setting('app.person'));
--> statement-breakpoint
revoke delete on second_factor_resets from vg_app;
