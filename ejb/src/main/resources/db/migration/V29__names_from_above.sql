-- A site that is made while the one above it is renamed waits for the new name, and a renaming waits
-- for it: without the lock it would keep an address that nothing has any more.
create or replace function site_named() returns trigger language plpgsql as $$
declare
  above text;
begin
  select p.address || ', ' into above from site p where p.id = new.parent_id for share;
  new.address := coalesce(above, '') || site_label(new.kind, new.name);
  return new;
end $$;
