-- Who owns what, and which devices there are.

create table organisation (
  id                bigint generated always as identity primary key,
  name              text        not null unique,
  -- The one whose people see devices that nobody owns.
  runs_installation boolean     not null default false,
  created_at        timestamptz not null default now()
);
create unique index organisation_runs_installation on organisation (runs_installation) where runs_installation;

create table device_group (
  id              bigint generated always as identity primary key,
  organisation_id bigint  not null references organisation,
  name            text    not null,
  position        integer not null,
  unique (organisation_id, name),
  unique (organisation_id, id)
);

create table device (
  id              bigint generated always as identity primary key,
  -- Null only while nobody has registered the device.
  organisation_id bigint references organisation,
  group_id        bigint,
  kind            text        not null check (kind in ('MODULE', 'BASE_STATION', 'BLOCK')),
  state           text        not null check (state in ('REGISTERED', 'UNREGISTERED', 'BLOCKED')),
  -- 15 digits as a number; 0 = none.
  imei            bigint      not null check (imei between 0 and 999999999999999),
  serial          bigint      not null check (serial between 1 and 999999999999999),
  model           integer     not null check (model between 0 and 65535),
  commissioned_at timestamptz,
  comment         text        not null default '',
  created_at      timestamptz not null default now(),
  foreign key (organisation_id, group_id) references device_group (organisation_id, id),
  check ((organisation_id is null) = (state = 'UNREGISTERED')),
  check (group_id is null or organisation_id is not null)
);
-- A registered IMEI and a registered serial number each name one device.
create unique index device_imei on device (imei) where state <> 'UNREGISTERED' and imei <> 0;
create unique index device_serial on device (serial) where state <> 'UNREGISTERED';
-- What reports without being registered is kept apart once per claimed identity.
create unique index device_claim on device (serial, imei, kind) where state = 'UNREGISTERED';
create index device_group_serial on device (group_id, serial);
create index device_organisation_serial on device (organisation_id, serial);
