-- Parts: the unit, the agency that gave it and, to count them, who follows the directive. What they wrote is the unit's and the agency's alone.
alter table parts enable row level security, force row level security;
--> statement-breakpoint
create policy seen on parts for select using (organisation = any((select vg_scope())::uuid[]) or giver = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
create policy written on parts for insert with check (
  giver = any((select vg_scope())::uuid[]) and organisation = any((select vg_scope())::uuid[])
  and exists (select 1 from tasks t where t.id = parts.task and t.organisation = parts.giver and t.overseer = parts.overseer)
);
--> statement-breakpoint
create policy changed on parts for update using (organisation = any((select vg_scope())::uuid[]) or giver = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[]));
--> statement-breakpoint
revoke update, delete on parts from vg_app;
--> statement-breakpoint
grant update (state, answered_at, taken_over_at, taken_back_at, taken_back_reason, overseer) on parts to vg_app;
--> statement-breakpoint
alter table part_texts enable row level security, force row level security;
--> statement-breakpoint
create policy own on part_texts using (organisation = any((select vg_scope())::uuid[]) or giver = any((select vg_scope())::uuid[]))
  with check (
    (organisation = any((select vg_scope())::uuid[]) or giver = any((select vg_scope())::uuid[]))
    and exists (select 1 from parts p where p.id = part_texts.part and p.organisation = part_texts.organisation and p.giver = part_texts.giver)
  );
--> statement-breakpoint
revoke update, delete on part_texts from vg_app;
--> statement-breakpoint
grant update (answer, answered_by_name) on part_texts to vg_app;
