-- What an exercise asked before is marked as such: the mark stands in the subject that was copied.
alter table parts no force row level security;
--> statement-breakpoint
update parts set exercise = true where subject like '[DIỄN TẬP]%';
--> statement-breakpoint
alter table parts force row level security;
--> statement-breakpoint
-- An answer that stands with the wrong organisation is moved with what proves it; what ends hands its parts and declarations on.
grant update (organisation, task) on evidence to vg_app;
--> statement-breakpoint
grant update (organisation) on reports to vg_app;
--> statement-breakpoint
grant update (organisation, proof) on declarations to vg_app;
--> statement-breakpoint
grant update (organisation, giver, organisation_name, giver_name) on parts to vg_app;
--> statement-breakpoint
-- Who reads the words and files of a part is said by the part alone, so that they follow it.
drop policy own on part_texts;
--> statement-breakpoint
create policy seen on part_texts for select using (
  exists (select 1 from parts p where p.id = part_texts.part and (p.organisation = any((select vg_scope())::uuid[]) or p.giver = any((select vg_scope())::uuid[])))
);
--> statement-breakpoint
create policy written on part_texts for insert with check (
  (organisation = any((select vg_scope())::uuid[]) or giver = any((select vg_scope())::uuid[]))
  and exists (select 1 from parts p where p.id = part_texts.part and p.organisation = part_texts.organisation and p.giver = part_texts.giver)
);
--> statement-breakpoint
create policy changed on part_texts for update using (
  exists (select 1 from parts p where p.id = part_texts.part and (p.organisation = any((select vg_scope())::uuid[]) or p.giver = any((select vg_scope())::uuid[])))
);
--> statement-breakpoint
create policy of_part on evidence for select using (
  part is not null
  and exists (select 1 from parts p where p.id = evidence.part and (p.organisation = any((select vg_scope())::uuid[]) or p.giver = any((select vg_scope())::uuid[])))
);
