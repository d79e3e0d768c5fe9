-- People who sign in.

create table account (
  id              bigint generated always as identity primary key,
  organisation_id bigint      not null references organisation,
  -- As org.kvantenergo.account.internal.Login makes it: there is one spelling of a login.
  login           text        not null unique,
  name            text        not null,
  role            text        not null check (role in ('ADMINISTRATOR', 'OPERATOR')),
  -- PHC string of Argon2id.
  password_hash   text        not null,
  -- en, ru.
  locale          text        not null default 'ru',
  zone            text        not null default 'Europe/Moscow',
  version         integer     not null default 0,
  created_at      timestamptz not null default now()
);
create index account_organisation on account (organisation_id);

-- Attempts to sign in without success. By what was typed, not by account, so that a login that does
-- not exist behaves as one that does; as a digest, because people type passwords into that field.
-- Five in a row lock the login until 15 minutes after the last; older rows mean nothing and are
-- purged by later attempts.
create table sign_in_failure (
  -- SHA-256 of the login.
  login_digest bytea       primary key,
  failures     integer     not null check (failures between 1 and 5),
  last_at      timestamptz not null
);
create index sign_in_failure_last on sign_in_failure (last_at);
