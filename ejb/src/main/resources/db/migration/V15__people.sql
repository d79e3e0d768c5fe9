-- What is needed to have accounts in order: blocks, first passwords, and who is signed in where.

alter table account
  add column blocked_at          timestamptz,
  -- The password was given by somebody else: it opens the page where it is changed, and no other.
  add column must_change         boolean     not null default false,
  add column password_changed_at timestamptz not null default now();

-- Asked at every request: a session whose row is gone has ended, on every node.
create table account_session (
  id         bigint      generated always as identity primary key,
  -- SHA-256 of a secret that only the browser's session holds.
  digest     bytea       not null unique,
  account_id bigint      not null references account on delete cascade,
  address    text        not null,
  agent      text        not null,
  began_at   timestamptz not null,
  seen_at    timestamptz not null
);
create index account_session_account on account_session (account_id);
create index account_session_seen on account_session (seen_at);
