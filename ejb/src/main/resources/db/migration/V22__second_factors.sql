-- Second factors, first passwords that expire, and what a role asks of who has it.

alter table account
  -- Until when a first password opens anything; null: the password is the person's own.
  add column first_until   timestamptz,
  -- The last sign-in that succeeded; null: none so far.
  add column signed_in_at  timestamptz;
update account set first_until = now() + interval '72 hours' where must_change;

-- Time-based codes (RFC 6238). A row that is not confirmed is an offer and asks for nothing.
create table second_factor (
  account_id   bigint      primary key references account on delete cascade,
  -- 20 bytes, sealed under the master key; it opens in this account's row only.
  secret       bytea       not null,
  offered_at   timestamptz not null,
  confirmed_at timestamptz,
  -- Number of the last step of 30 s since 1970 whose code was taken: none is taken twice.
  last_step    bigint      not null default 0,
  -- Wrong codes since the last right one; at 50 no code is taken any more.
  wrong_codes  integer     not null default 0
);

-- Each stands in for a code once. They have 118 bits, so a digest is enough.
create table recovery_code (
  account_id bigint not null references second_factor on delete cascade,
  digest     bytea  not null,
  primary key (account_id, digest)
);

-- Somebody who has given the right password and owes the code.
create table sign_in_half (
  -- SHA-256 of a secret that only the browser's session holds.
  digest     bytea       primary key,
  account_id bigint      not null references account on delete cascade,
  until      timestamptz not null
);
create index sign_in_half_until on sign_in_half (until);

alter table role
  -- Who has the role must have a second factor, and gets nowhere without.
  add column demands_second_factor boolean not null default false;
