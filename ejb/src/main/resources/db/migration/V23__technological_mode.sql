-- The second password of «Технологический режим».

alter table account
  -- PHC string of Argon2id; null: none has been set.
  add column second_password_hash text;

alter table account_session
  -- Until when the mode is open in this session, unless it is used again before; null: it is shut.
  add column mode_until timestamptz;

alter table role
  -- A role that allows the mode and asks for no second password at its door.
  add column without_second_password boolean not null default false;
