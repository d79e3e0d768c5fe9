-- A role of an organisation counts for its own people and for those of organisations below it, so
-- that nobody decides what people beside or above them may do.
create function role_counts(role_of bigint, person_of bigint) returns boolean
language sql stable as $$
  select role_of is null
    or exists (select from organisation_part where organisation_id = role_of and part_id = person_of)
    or exists (select from organisation where id = role_of and runs_installation)
$$;

-- A name was refused when anybody anywhere had it, which told of organisations that one does not see.
alter table organisation drop constraint organisation_name_key;
alter table organisation add constraint organisation_name unique nulls not distinct (parent_id, name);
