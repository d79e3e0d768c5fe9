-- The server's tables reading and device_state as they are after its last migration, and of device
-- what they refer to. BareSchemaTest compares them with the migrations.

create table bare.device (
  id bigint primary key
);

create table bare.reading (
  device_id          bigint           not null,
  module_time        timestamptz      not null,
  record_number      bigint           not null,
  digest             bigint           not null,
  meter_time         timestamptz      not null,
  received_at        timestamptz      not null,
  session_id         bigint           not null,
  reading            double precision not null,
  resource           real             not null,
  temperature        real             not null,
  battery            real             not null,
  measurement_errors integer          not null,
  temperature_errors integer          not null,
  control_errors     integer          not null,
  calibration_errors integer          not null,
  hardware_errors    integer          not null,
  status             integer          not null,
  rssi               smallint         not null,
  band               smallint         not null,
  period_minutes     integer          not null,
  sessions_total     bigint           not null,
  sessions_day       integer          not null,
  marks              integer          not null,
  raw                bytea,
  batch_id           bigint,
  frame              smallint,
  position           smallint,
  frame_records      smallint,
  primary key (device_id, module_time, record_number, digest)
) partition by range (module_time);

create table bare.device_state (
  device_id             bigint      primary key references bare.device,
  organisation_id       bigint,
  part                  smallint,
  fell boolean generated always as (coalesce(reading < before_reading, false)) stored,
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
  registry_model        integer,
  sessions_total        bigint,
  reading               double precision,
  module_time           timestamptz,
  meter_time            timestamptz,
  record_number         bigint,
  session_id            bigint      not null,
  last_contact_at       timestamptz not null,
  reading_module_time   timestamptz,
  reading_record_number bigint,
  before_reading        double precision,
  before_module_time    timestamptz,
  before_record_number  bigint,
  iccid                 text        not null,
  previous_session_id   bigint,
  via_device_id         bigint      references bare.device,
  open                  boolean     generated always as (status & 16384 <> 0) stored
) with (fillfactor = 60);

create index device_state_via on bare.device_state (via_device_id) where via_device_id is not null;
create index device_state_errors on bare.device_state (device_id) where errors;
create index device_state_fell on bare.device_state (device_id) where fell;
create index device_state_open on bare.device_state (device_id) where open;
create index device_state_drift on bare.device_state (device_id) where drift;
create index device_state_iccid on bare.device_state (iccid) where iccid <> '';
