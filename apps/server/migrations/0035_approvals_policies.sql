-- Whether an organisation's leader approves what it sends: known to its neighbours and to who follows its work, who must not be shown drafts then.
alter table approvals enable row level security, force row level security;
--> statement-breakpoint
create policy seen on approvals for select using (
  organisation = any((select vg_directory())::uuid[])
  or exists (select 1 from receipts r where r.organisation = approvals.organisation and r.overseer = any((select vg_scope())::uuid[]))
);
--> statement-breakpoint
create policy written on approvals for insert with check (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy changed on approvals for update using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
revoke delete on approvals from vg_app;
--> statement-breakpoint
-- What waits for the leader is the business of the acting organisation itself: neither a superior one nor who follows the directive sees it.
-- `app.lapsing` names an organisation that is being reorganised, for the moment in which its proposals end.
create function vg_among(organisation uuid) returns boolean language sql stable as $$
  select organisation::text in (current_setting('app.organisation'), coalesce(current_setting('app.lapsing', true), ''))
$$;
--> statement-breakpoint
alter table submission_proposals enable row level security, force row level security;
--> statement-breakpoint
create policy own on submission_proposals using (vg_among(organisation) and organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
revoke update, delete on submission_proposals from vg_app;
--> statement-breakpoint
grant update (state, decided_at, decided_by, decided_by_name, reason) on submission_proposals to vg_app;
--> statement-breakpoint
-- The house itself sees what is held, so that no file that a held row names is swept away. For the product alone: a backup reads as the owner.
create policy held on history as restrictive for select to vg_app using (
  not held or vg_among(organisation) or current_setting('app.organisation') = '00000000-0000-0000-0000-000000000000'
);
--> statement-breakpoint
create policy held on evidence as restrictive for select to vg_app using (
  not held or vg_among(organisation) or current_setting('app.organisation') = '00000000-0000-0000-0000-000000000000'
);
--> statement-breakpoint
grant update (held) on history, evidence to vg_app;
