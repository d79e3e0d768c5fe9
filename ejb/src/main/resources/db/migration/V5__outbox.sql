-- What happened, one row a batch, written last in the transaction of what happened. A relay
-- publishes it to JMS and gives it its place in the replay order then.

create table outbox (
  id         bigint generated always as identity primary key,
  created_at timestamptz not null default now(),
  kind       text        not null,
  body       jsonb       not null
);
