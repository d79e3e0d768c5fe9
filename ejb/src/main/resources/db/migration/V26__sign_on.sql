-- Signing on by a provider of OpenID Connect.

-- Which of the provider's people an account is. An administrator names whom to expect; who signs on
-- first under that name is the one from then on, whatever the provider calls them later.
create table provider_link (
  account_id bigint      primary key references account on delete cascade,
  -- The provider's claim, letter by letter.
  name       text        not null unique,
  -- Null until the first sign-on.
  issuer     text,
  subject    text,
  linked_at  timestamptz,
  -- When the password was taken away; it counts while no other was set since.
  no_password_at timestamptz,
  unique (issuer, subject),
  check ((issuer is null) = (subject is null) and (issuer is null) = (linked_at is null))
);

-- From the provider to the pages: good once, for a minute.
create table sign_on_ticket (
  -- SHA-256 of a secret that only the browser's cookie holds.
  digest     bytea       primary key,
  account_id bigint      not null references account on delete cascade,
  until      timestamptz not null
);
create index sign_on_ticket_until on sign_on_ticket (until);

-- A first password need not be changed by who did not use it.
alter table account_session add column by_provider boolean not null default false;
