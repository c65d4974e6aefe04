-- Naming oneself the overseer is not enough to write a row (decision 7).
drop policy own on assets;
--> statement-breakpoint
create policy seen on assets for select using (organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope())));
--> statement-breakpoint
create policy written on assets for insert with check (organisation in (select unnest(vg_scope())) or organisation in (select unnest(vg_supervised())));
--> statement-breakpoint
create policy changed on assets for update using (organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope())));
--> statement-breakpoint
create policy removed on assets for delete using (organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope())));
