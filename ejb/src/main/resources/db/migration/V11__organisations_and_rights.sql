-- Organisations as a tree, who owned a device when, and roles as sets of permissions.

alter table organisation
  add column kind      text    not null default 'SUPPLIER'
    check (kind in ('OPERATOR', 'SUPPLIER', 'MANAGEMENT_COMPANY', 'HOMEOWNERS', 'GARDENERS')),
  -- Null: right below the organisation that runs the installation, or that one itself.
  add column parent_id bigint references organisation,
  add column version   integer not null default 0,
  add check (not runs_installation or parent_id is null);
update organisation set kind = 'OPERATOR' where runs_installation;
create index organisation_parent on organisation (parent_id);

-- Each organisation with itself and everything below it: the check of who sees what is one probe.
-- The organisation that runs the installation sees all, and needs no rows for it.
create table organisation_part (
  organisation_id bigint not null references organisation on delete cascade,
  part_id         bigint not null references organisation on delete cascade,
  primary key (organisation_id, part_id)
);
create index organisation_part_part on organisation_part (part_id);

create function organisation_placed() returns trigger language plpgsql as $$
begin
  -- Two moves at once could make a circle that neither sees.
  lock table organisation_part in share row exclusive mode;
  if tg_op = 'INSERT' then
    insert into organisation_part values (new.id, new.id);
  else
    if exists (select from organisation_part where organisation_id = new.id and part_id = new.parent_id) then
      raise exception 'organisation % cannot stand below itself', new.id
        using errcode = 'check_violation', constraint = 'organisation_tree';
    end if;
    delete from organisation_part p
    using organisation_part above, organisation_part below
    where above.part_id = new.id and above.organisation_id <> new.id and below.organisation_id = new.id
      and p.organisation_id = above.organisation_id and p.part_id = below.part_id;
  end if;
  insert into organisation_part
  select above.organisation_id, below.part_id
  from organisation_part above, organisation_part below
  where above.part_id = new.parent_id and below.organisation_id = new.id;
  return null;
end $$;
create trigger organisation_placed after insert or update of parent_id on organisation
  for each row execute function organisation_placed();
insert into organisation_part select id, id from organisation;

-- Who owned a device from when on, until the next row begins. There is one owner at a time, because
-- a period has no end of its own that could overlap.
create table device_owner (
  device_id       bigint      not null references device on delete cascade,
  since           timestamptz not null,
  -- Null: nobody.
  organisation_id bigint      references organisation,
  primary key (device_id, since)
);
create index device_owner_organisation on device_owner (organisation_id);
insert into device_owner
  select id, created_at, organisation_id from device where organisation_id is not null;

create function devices_owned() returns trigger language plpgsql as $$
begin
  insert into device_owner
  select n.id, now(), n.organisation_id from new_device n where n.organisation_id is not null;
  return null;
end $$;
create trigger devices_owned after insert on device
  referencing new table as new_device for each statement execute function devices_owned();

-- A transfer as of another moment has written its row before.
create function device_changes_owner() returns trigger language plpgsql as $$
begin
  if new.organisation_id is distinct from (
      select o.organisation_id from device_owner o where o.device_id = new.id
      order by o.since desc limit 1) then
    insert into device_owner values (new.id, now(), new.organisation_id)
    on conflict (device_id, since) do update set organisation_id = excluded.organisation_id;
  end if;
  return null;
end $$;
create trigger device_changes_owner after update of organisation_id on device
  for each row when (old.organisation_id is distinct from new.organisation_id)
  execute function device_changes_owner();

create table role (
  id              bigint  generated always as identity primary key,
  -- Null: ready-made, for everybody, and not to be changed.
  organisation_id bigint  references organisation,
  -- Of a ready-made one the key of its text: ADMINISTRATOR, MANAGER, ENGINEER, OPERATOR, OBSERVER.
  name            text    not null,
  version         integer not null default 0,
  unique nulls not distinct (organisation_id, name)
);

-- Names of org.kvantenergo.shared.Permission; a name that the program does not know gives nothing.
create table role_permission (
  role_id    bigint not null references role on delete cascade,
  permission text   not null,
  primary key (role_id, permission)
);

insert into role (name)
  values ('ADMINISTRATOR'), ('MANAGER'), ('ENGINEER'), ('OPERATOR'), ('OBSERVER');
insert into role_permission (role_id, permission)
select r.id, p.permission
from role r
join (values
  ('OBSERVER', array['READ_DEVICES']),
  ('OPERATOR', array['READ_DEVICES', 'RETRY_FRAMES', 'SEND_COMMANDS']),
  ('ENGINEER', array['READ_DEVICES', 'RETRY_FRAMES', 'SEND_COMMANDS', 'SEND_IN_BULK', 'READ_SECRETS',
    'REGISTER', 'MANAGE_KEYS', 'EDIT_DICTIONARIES', 'TECHNOLOGICAL_MODE']),
  ('MANAGER', array['READ_DEVICES', 'REGISTER', 'MANAGE_USERS', 'READ_AUDIT']),
  ('ADMINISTRATOR', array['READ_DEVICES', 'RETRY_FRAMES', 'SEND_COMMANDS', 'SEND_IN_BULK',
    'READ_SECRETS', 'REGISTER', 'MANAGE_KEYS', 'EDIT_DICTIONARIES', 'TECHNOLOGICAL_MODE',
    'MANAGE_USERS', 'MANAGE_ROLES', 'MANAGE_ORGANISATIONS', 'READ_AUDIT'])
) as ready(name, permissions) on ready.name = r.name
cross join unnest(ready.permissions) as p(permission);

create table account_role (
  account_id bigint not null references account on delete cascade,
  role_id    bigint not null references role,
  primary key (account_id, role_id)
);
create index account_role_role on account_role (role_id);
insert into account_role
  select a.id, r.id from account a join role r on r.organisation_id is null and r.name = a.role;
alter table account drop column role;
