-- Lists belong to the authority that took them in: those whom they name see findings, never the list.
do $$
declare
  t text;
begin
  foreach t in array array['senders', 'sender_mappings', 'sender_aliases', 'lists', 'list_rows', 'list_refusals'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy own on %I using (organisation = any((select vg_scope())::uuid[]))', t);
  end loop;
end $$;
