-- What happened, one row an event, written last in the transaction of what happened: nothing but an
-- insert is done here while a batch commits.

create table outbox (
  id         bigint generated always as identity primary key,
  created_at timestamptz not null default now(),
  kind       text        not null,
  body       jsonb       not null
);

-- What is told to the world, in the order in which it is told. Rows of the outbox move here, merged.
-- What is under a cursor never changes: a message that is sent twice is the same message.
create table event_log (
  cursor    bigint      primary key,
  logged_at timestamptz not null,
  kind      text        not null,
  body      jsonb       not null
);
create index event_log_logged on event_log (logged_at);

-- Exactly one row. Its lock makes one node at a time the relay.
create table event_relay (
  only_row        boolean primary key default true check (only_row),
  -- Tells the messages of this installation from those of another one at the same broker.
  installation    uuid    not null default gen_random_uuid(),
  -- Last cursor given.
  given           bigint  not null default 0,
  -- Last cursor that the broker has confirmed.
  published       bigint  not null default 0,
  check (published <= given)
);
insert into event_relay default values;
