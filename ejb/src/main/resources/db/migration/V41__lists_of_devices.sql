-- A list of devices is found by one pass over the rows of the states, whatever it is filtered and sorted
-- by: what it needs of the registry stands there too. It changes when people change it, not with the
-- packets, and only the triggers below write it.

-- The table is made anew for the order of its columns: what lists ask for comes first, and nothing before it
-- is of varying length or often null; who owns a device, its part and its number lie in one line of the
-- processor's cache with the head of the row. A pass over a million rows takes half of the time for that.
create table device_state_new (
  device_id             bigint      not null,
  organisation_id       bigint,
  -- 1: registered, blocked ones among them; 2: not registered; 0: retired, in no list.
  part                  smallint,
  -- The current reading is smaller than the one before it.
  fell boolean generated always as (coalesce(reading < before_reading, false)) stored,
  -- A clock was off by more than 5 minutes when the record came. The meter time of a scheduled slice
  -- (status bit 12) is the boundary of a period, so it may lie behind, but not ahead.
  drift boolean generated always as (coalesce(
    module_time - received_at not between interval '-5 min' and interval '5 min'
    or meter_time - received_at > interval '5 min'
    or status & 4096 = 0 and meter_time - received_at < interval '-5 min', false)) stored,
  period_minutes        integer,
  serial                bigint,
  errors boolean generated always as (coalesce(
    (measurement_errors | temperature_errors | control_errors | calibration_errors | hardware_errors) <> 0,
    false)) stored,
  rssi                  smallint,
  model                 integer     not null,
  protocol              smallint    not null,
  band                  smallint,
  status                integer,
  received_at           timestamptz,
  group_id              bigint,
  commissioned_at       timestamptz,
  battery               real,
  temperature           real,
  resource              real,
  measurement_errors    integer,
  temperature_errors    integer,
  control_errors        integer,
  calibration_errors    integer,
  hardware_errors       integer,
  sessions_day          integer,
  -- What the registry says; of model, the newest session.
  registry_model        integer,
  sessions_total        bigint,
  -- Newest of these whose reading is valid, finite and >= 0.
  reading               double precision,
  -- Newest record by (module_time, record_number) with a plausible clock; null until there is one.
  module_time           timestamptz,
  meter_time            timestamptz,
  record_number         bigint,
  -- Newest session, that is the epoch that may take commands.
  session_id            bigint      not null,
  last_contact_at       timestamptz not null,
  reading_module_time   timestamptz,
  reading_record_number bigint,
  -- The newest reading before the current one, by the same rules.
  before_reading        double precision,
  before_module_time    timestamptz,
  before_record_number  bigint,
  iccid                 text        not null,
  -- The session before the newest one: with it a node learns that another one took over.
  previous_session_id   bigint,
  -- For a telemetry block: the base station that relayed for it last. Null for all others.
  via_device_id         bigint
) with (fillfactor = 60);

-- Who never reported has no state and is looked up in the registry.
alter table device add column reported boolean not null default false;

create function device_part(state text) returns smallint language sql immutable parallel safe
  return case state when 'REGISTERED' then 1 when 'BLOCKED' then 1 when 'UNREGISTERED' then 2 else 0 end;

insert into device_state_new (device_id, part, organisation_id, serial, commissioned_at, group_id, registry_model,
  period_minutes, rssi, model, protocol, band, status, received_at, battery, temperature,
  resource, measurement_errors, temperature_errors, control_errors, calibration_errors, hardware_errors,
  sessions_day, sessions_total, reading, module_time, meter_time, record_number, session_id, last_contact_at,
  reading_module_time, reading_record_number, before_reading, before_module_time, before_record_number,
  iccid, previous_session_id, via_device_id)
select s.device_id, device_part(d.state), d.organisation_id, d.serial, d.commissioned_at, d.group_id, d.model,
  s.period_minutes, s.rssi, s.model, s.protocol, s.band, s.status, s.received_at, s.battery, s.temperature,
  s.resource, s.measurement_errors, s.temperature_errors, s.control_errors, s.calibration_errors, s.hardware_errors,
  s.sessions_day, s.sessions_total, s.reading, s.module_time, s.meter_time, s.record_number, s.session_id, s.last_contact_at,
  s.reading_module_time, s.reading_record_number, s.before_reading, s.before_module_time, s.before_record_number,
  s.iccid, s.previous_session_id, s.via_device_id
from device_state s join device d on d.id = s.device_id
order by s.device_id;
drop table device_state;
alter table device_state_new rename to device_state;
alter table device_state
  add constraint device_state_pkey primary key (device_id),
  add constraint device_state_device_id_fkey foreign key (device_id) references device,
  add constraint device_state_via_device_id_fkey foreign key (via_device_id) references device;
create index device_state_via on device_state (via_device_id) where via_device_id is not null;
update device d set reported = true where exists (select from device_state s where s.device_id = d.id);

create function device_state_begins() returns trigger language plpgsql as $$
begin
  update device d set reported = true where d.id = new.device_id
  returning device_part(d.state), d.organisation_id, d.group_id, d.serial, d.commissioned_at, d.model
  into new.part, new.organisation_id, new.group_id, new.serial, new.commissioned_at,
    new.registry_model;
  return new;
end $$;
-- Once in the life of a device: the upsert of the ingest comes to an insert for new ones only.
create trigger device_state_begins before insert on device_state for each row
  execute function device_state_begins();

-- In the order of the ids, as the ingest takes its rows: neither locks the other out.
create function devices_change_lists() returns trigger language plpgsql as $$
declare
  changed bigint[];
begin
  select array_agg(n.id) into changed from new_device n join old_device o on o.id = n.id
  where n.reported and (n.state, n.organisation_id, n.group_id, n.serial, n.commissioned_at, n.model)
    is distinct from (o.state, o.organisation_id, o.group_id, o.serial, o.commissioned_at, o.model);
  if changed is null then
    return null;
  end if;
  perform from device_state s where s.device_id = any(changed) order by s.device_id for no key update;
  update device_state s
  set part = device_part(d.state), organisation_id = d.organisation_id, group_id = d.group_id,
    serial = d.serial, commissioned_at = d.commissioned_at, registry_model = d.model
  from device d where d.id = s.device_id and s.device_id = any(changed);
  return null;
end $$;
create trigger devices_change_lists after update on device
  referencing old table as old_device new table as new_device
  for each statement execute function devices_change_lists();

create index device_unreported on device (serial, id)
  include (state, organisation_id, group_id, commissioned_at) where not reported;
-- Few have a note, and few ask for it.
create index device_comment on device (id) where comment <> '';
create index device_imei_claim on device (imei) where state = 'UNREGISTERED' and imei <> 0;
-- The signs that few devices show. None of them moves with every packet, so that an update stays within
-- its page (HOT).
create index device_state_errors on device_state (device_id) where errors;
create index device_state_fell on device_state (device_id) where fell;
create index device_state_drift on device_state (device_id) where drift;
create index device_state_iccid on device_state (iccid) where iccid <> '';
