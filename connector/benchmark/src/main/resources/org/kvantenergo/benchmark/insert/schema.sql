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
  session_id            bigint      not null,
  protocol              smallint    not null,
  model                 integer     not null,
  iccid                 text        not null,
  last_contact_at       timestamptz not null,
  module_time           timestamptz,
  record_number         bigint,
  received_at           timestamptz,
  meter_time            timestamptz,
  resource              real,
  temperature           real,
  battery               real,
  measurement_errors    integer,
  temperature_errors    integer,
  control_errors        integer,
  calibration_errors    integer,
  hardware_errors       integer,
  status                integer,
  rssi                  smallint,
  band                  smallint,
  period_minutes        integer,
  sessions_total        bigint,
  sessions_day          integer,
  reading               double precision,
  reading_module_time   timestamptz,
  reading_record_number bigint,
  previous_session_id   bigint,
  via_device_id         bigint      references bare.device
) with (fillfactor = 60);

create index device_state_via on bare.device_state (via_device_id) where via_device_id is not null;
