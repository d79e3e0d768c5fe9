-- The archive: every record once, as it was sent. Owned through its device, so that registering an
-- unknown device moves nothing.

create table reading (
  device_id          bigint           not null,
  module_time        timestamptz      not null,
  record_number      bigint           not null,
  -- First 8 bytes of SHA-256 over the 54 bytes: two records are the same only if all bytes are.
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
  -- Bits of org.kvantenergo.reading.Mark that the record itself shows; 0 = nothing odd.
  marks              integer          not null,
  -- The 54 bytes, only where the columns cannot give them back (a NaN with a payload).
  raw                bytea,
  primary key (device_id, module_time, record_number, digest)
) partition by range (module_time);

-- Wrong clocks land in the two catch-alls, never in a DEFAULT partition. Years and months are cut off
-- the later one, by the program at its start and by the job archive-partitions.
create table reading_before_2015 partition of reading for values from (minvalue) to ('2015-01-01T00:00:00Z');
create table reading_after partition of reading for values from ('2015-01-01T00:00:00Z') to (maxvalue);

-- What could not be stored though its neighbours could: kept as it came, acknowledged, to be stored
-- again by a program that can.
create table ingest_failed (
  id             bigint generated always as identity primary key,
  failed_at      timestamptz not null,
  received_at    timestamptz not null,
  kind           text        not null,
  imei           bigint      not null,
  serial         bigint      not null,
  session_id     bigint      not null,
  node           text        not null,
  remote_address text        not null,
  -- Type and payload of the frame; null for the end of a session.
  frame_type     smallint,
  payload        bytea,
  -- What the database said.
  sql_state      text        not null,
  message        text        not null
);

-- Current state of a device: narrow, updated in place.
create table device_state (
  device_id            bigint primary key references device,
  -- Newest session, that is the epoch that may take commands.
  session_id           bigint      not null,
  protocol             smallint    not null,
  model                integer     not null,
  iccid                text        not null,
  last_contact_at      timestamptz not null,
  -- Newest record by (module_time, record_number) with a plausible clock; null until there is one.
  module_time          timestamptz,
  record_number        bigint,
  received_at          timestamptz,
  meter_time           timestamptz,
  resource             real,
  temperature          real,
  battery              real,
  measurement_errors   integer,
  temperature_errors   integer,
  control_errors       integer,
  calibration_errors   integer,
  hardware_errors      integer,
  status               integer,
  rssi                 smallint,
  band                 smallint,
  period_minutes       integer,
  sessions_total       bigint,
  sessions_day         integer,
  -- Newest of these whose reading is valid, finite and >= 0.
  reading              double precision,
  reading_module_time   timestamptz,
  reading_record_number bigint
) with (fillfactor = 60);
