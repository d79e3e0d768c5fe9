-- Keys of devices, relayed blocks, commands, take-overs between nodes, custody.

create table device_key (
  device_id bigint primary key references device,
  -- AES-GCM under the installation's master key, bound to the device: see shared.SecretBox.
  sealed    bytea       not null,
  -- Session counter of the last accepted HELLO, u32; null until there is one.
  counter   bigint check (counter between 0 and 4294967295),
  set_at    timestamptz not null default now()
);

-- Which master key seals what is sealed here: a node with another one is found at its start, before
-- it seals anything.
create table master_key (
  only_row boolean primary key default true check (only_row),
  name     bytea   not null
);

-- A telemetry block has a row of its own in the session of the base station that relays for it.
alter table device_session drop constraint device_session_pkey;
alter table device_session add primary key (id, device_id);

-- The session before the newest one: with it a node learns that another one took over.
alter table device_state add column previous_session_id bigint;
-- For a telemetry block: the base station that relayed for it last. Null for all others.
alter table device_state add column via_device_id bigint references device;
create index device_state_via on device_state (via_device_id) where via_device_id is not null;

-- Sessions that are still open though their device has a newer one on another node. Their own node
-- takes the rows out and closes the sessions.
create table session_takeover (
  session_id bigint      not null,
  node       text        not null,
  noted_at   timestamptz not null default now(),
  primary key (node, session_id)
);

-- A commandId is u32 on the wire and never used twice.
create sequence command_id as bigint minvalue 1 maxvalue 4294967295 no cycle;

create table command (
  id               bigint primary key default nextval('command_id'),
  device_id        bigint      not null references device,
  code             smallint    not null,
  -- As they go out; an APN password is among them, so nothing prints this column.
  arguments        bytea       not null,
  state            text        not null default 'QUEUED'
                   check (state in ('QUEUED', 'LEASED', 'DONE', 'REFUSED', 'FAILED')),
  created_at       timestamptz not null default now(),
  created_by       text        not null,
  expires_at       timestamptz not null,
  attempts_allowed smallint    not null check (attempts_allowed > 0),
  -- How often it was written to a connection.
  attempts         smallint    not null default 0,
  -- The session that may send it now. A newer session of the device voids it.
  leased_by        bigint,
  sent_at          timestamptz,
  -- COMMAND_RESULT, u8.
  result           smallint,
  result_at        timestamptz,
  result_session   bigint
);
-- What may still be sent: few rows, asked for with every batch.
create index command_open on command (device_id, id) where state in ('QUEUED', 'LEASED');
create index command_device on command (device_id, id desc);

-- Results that name no command of their device: acknowledged, so that the module stops sending
-- them, and kept so that a repeat is known.
create table command_stray_result (
  device_id  bigint      not null references device,
  command_id bigint      not null,
  result     smallint    not null,
  at         timestamptz not null,
  session_id bigint      not null,
  primary key (device_id, command_id)
);

-- Custody: from a record back to the batch, the frame in it and the place in the frame. Null for
-- what was stored by an earlier version.
alter table reading add column batch_id bigint;
alter table reading add column frame    smallint;
alter table reading add column position smallint;

-- Nodes take a thousand at a time.
create sequence ingest_batch_id as bigint increment by 1000;

-- Written after the ACKs went out, beside the way of the packets; a server that dies loses a few.
create table ingest_batch (
  id           bigint primary key,
  node         text        not null,
  stored_at    timestamptz not null,
  -- One place a delivery of the batch. seq: -1 = no frame. after_millis: from stored_at to the
  -- moment when the ACK was handed to the connection, -1 = the connection was gone.
  sessions     bigint[]    not null,
  seqs         integer[]   not null,
  after_millis integer[]   not null
);

-- Records that came again, by identity.
create table reading_repeat (
  device_id     bigint      not null,
  module_time   timestamptz not null,
  record_number bigint      not null,
  digest        bigint      not null,
  times         bigint      not null,
  last_at       timestamptz not null,
  last_session  bigint      not null,
  last_batch    bigint      not null,
  last_frame    smallint    not null,
  last_position smallint    not null,
  primary key (device_id, module_time, record_number, digest)
);

-- A relayed frame is stored again as the block's own.
alter table ingest_failed add column block bigint not null default 0;
