-- Who follows a directive decides who leads and who supports, among those that have its receipt; it writes no word between them.
create policy led on parts for insert with check (
  kind = 'support' and overseer = any((select vg_scope())::uuid[])
  and exists (select 1 from receipts r where r.directive = parts.directive and r.organisation = parts.organisation)
  and exists (select 1 from tasks t where t.id = parts.task and t.organisation = parts.giver and t.overseer = parts.overseer)
);
--> statement-breakpoint
create policy led on part_texts for insert with check (
  note is null and answer is null
  and exists (select 1 from parts p where p.id = part_texts.part and p.kind = 'support' and p.organisation = part_texts.organisation and p.giver = part_texts.giver)
);
