-- People who sign in.

create table account (
  id              bigint generated always as identity primary key,
  organisation_id bigint      not null references organisation,
  login           text        not null,
  name            text        not null,
  role            text        not null check (role in ('ADMINISTRATOR', 'OPERATOR')),
  -- PHC string of Argon2id.
  password_hash   text        not null,
  locale          text        not null default 'ru',
  zone            text        not null default 'Europe/Moscow',
  failed_attempts integer     not null default 0,
  locked_until    timestamptz,
  created_at      timestamptz not null default now()
);
create unique index account_login on account (lower(login));
