-- Devices that people register, replace, and find to be one that is registered already.

-- RETIRED: another device was put in its place. It keeps its owner and its archive, and gives its IMEI
-- and its serial number back.
alter table device
  drop constraint device_state_check,
  add constraint device_state_check check (state in ('REGISTERED', 'UNREGISTERED', 'BLOCKED', 'RETIRED')),
  -- Somebody has looked at a device that is not registered and says that it is none that is.
  add column apart_since timestamptz check (apart_since is null or state = 'UNREGISTERED');

-- A registered IMEI and a registered serial number each name one device.
drop index device_imei, device_serial;
create unique index device_imei on device (imei) where state in ('REGISTERED', 'BLOCKED') and imei <> 0;
create unique index device_serial on device (serial) where state in ('REGISTERED', 'BLOCKED');

-- Rows that are gone because what they kept apart is a registered device's: its records are that one's
-- now, and what an open session still brings goes there too.
create table device_alias (
  id         bigint      primary key,
  device_id  bigint      not null references device,
  -- What the row said it was.
  kind       text        not null,
  imei       bigint      not null,
  serial     bigint      not null,
  -- What the device was until then.
  old_imei   bigint      not null,
  old_serial bigint      not null,
  since      timestamptz not null,
  records    bigint      not null
);
create index device_alias_device on device_alias (device_id);

-- Moves whenever a key is set or removed, so that each node sees within a second that it has to read
-- them again.
create table device_key_version (
  only_row boolean primary key default true check (only_row),
  version  bigint  not null default 0
);
insert into device_key_version default values;

-- The owner of a hundred thousand devices may change at once: one statement for all of them. A transfer
-- as of another moment has written its rows before.
drop trigger device_changes_owner on device;
drop function device_changes_owner();
create function devices_change_owner() returns trigger language plpgsql as $$
begin
  insert into device_owner
  select n.id, now(), n.organisation_id
  from new_device n join old_device o on o.id = n.id
  where n.organisation_id is distinct from o.organisation_id
    and n.organisation_id is distinct from (
      select p.organisation_id from device_owner p where p.device_id = n.id order by p.since desc limit 1)
  on conflict (device_id, since) do update set organisation_id = excluded.organisation_id;
  return null;
end $$;
create trigger devices_change_owner after update on device
  referencing old table as old_device new table as new_device
  for each statement execute function devices_change_owner();
