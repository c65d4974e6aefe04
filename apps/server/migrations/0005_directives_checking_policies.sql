-- Before issuing, the desk sees which receivers have nobody signed up yet: ids only, names of people stay unseen.
create policy supervisor on memberships for select using (organisation = any((select vg_supervised())::uuid[]));
