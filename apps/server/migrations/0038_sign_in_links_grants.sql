grant select, insert, update, delete on identity.sign_in_link to vg_identity;
