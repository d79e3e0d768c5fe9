-- One row a session. INFO is history: it belongs to the session that brought it.

-- Ids come from here at admission, so they grow with time over all nodes: they serve as epochs too.
create sequence device_session_id as bigint;

create table device_session (
  id             bigint primary key,
  device_id      bigint      not null references device,
  node           text        not null,
  remote_address text        not null,
  opened_at      timestamptz not null,
  ended_at       timestamptz,
  end_reason     text,
  frames         integer,
  protocol       smallint    not null,
  model          integer     not null,
  firmware       integer     not null,
  -- Digits; empty = no SIM or not readable.
  iccid          text        not null,
  -- From INFO; all null until it comes.
  info_at        timestamptz,
  contract_day   smallint,
  contract_hour  smallint,
  period_minutes integer,
  info_rssi      smallint,
  error_count    integer,
  retries        smallint,
  apn            text,
  apn_login      text,
  apn_password   text,
  info_odd       boolean
);
create index device_session_device on device_session (device_id, id desc);
