-- Later looks at lists go along with them to the authority that takes the place of another.
grant update (organisation) on list_rematches to vg_app;
