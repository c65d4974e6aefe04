alter table exercises enable row level security, force row level security;
--> statement-breakpoint
create policy own on exercises using (organisation = any((select vg_scope())::uuid[]));
--> statement-breakpoint
revoke delete on exercises from vg_app;
--> statement-breakpoint
-- The mark stands in the subject itself, so that nothing that shows a subject can forget it.
alter table directives add constraint directives_exercise_marked
  check ((exercise is null) = (exercise_name is null) and (exercise is null or subject like '[DIỄN TẬP]%'));
--> statement-breakpoint
create function vg_exercise_stays() returns trigger language plpgsql as $$
begin
  if old.status <> 'draft' and new.exercise is distinct from old.exercise then
    raise exception 'an issued directive stays inside or outside its exercise';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger directives_exercise_stays before update of exercise on directives for each row execute function vg_exercise_stays();
