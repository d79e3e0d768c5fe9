-- What modules report of their access points is sealed too, and what is sealed is listed.

alter table device_session
  -- Login and password of the access point, sealed together: see shared.AccessSecret. Null until INFO
  -- comes, of no length when both are empty.
  add column sealed_apn bytea;

-- What an earlier version stored in the clear; the program seals it after its start, a batch at a time.
create index device_session_plain_apn on device_session (id)
  where apn_login is not null or apn_password is not null;

-- Every column with values under the master key, so that a change of that key misses none. A migration
-- that adds such a column adds a row; a test finds columns that are missing here.
create table sealed_column (
  table_name  text not null,
  column_name text not null,
  -- SQL over the row that gives the text to which a value is bound (UTF-8).
  context     text not null,
  primary key (table_name, column_name)
);
insert into sealed_column (table_name, column_name, context) values
  ('device_key', 'sealed', '''device_key/'' || device_id'),
  ('device_session', 'sealed_apn', '''device_session/'' || id'),
  ('second_factor', 'secret', '''second factor of account '' || account_id');
