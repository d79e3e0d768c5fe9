-- A server that was away while the master key was changed goes on with the old one. What it seals could
-- never be opened again, so it is refused here, in the transaction that seals: reading the name waits for a
-- change that is under way, and holds up one that would begin. Before the first start there is no name yet.

-- Bytes 2 to 5 of a sealed value name its key: see shared.SecretBox.
create function under_present_key(sealed bytea) returns boolean language plpgsql as $$
begin
  return not exists (select from master_key where name <> substring(sealed from 2 for 4));
end $$;

create function refuse_other_key() returns trigger language plpgsql as $$
begin
  raise exception 'a value was sealed under another master key than the one of this database'
    using errcode = 'KV001', hint = 'Give the server the new key and start it again.';
end $$;

create trigger device_key_sealed before insert or update of sealed on device_key for each row
  when (length(new.sealed) > 0 and not under_present_key(new.sealed))
  execute function refuse_other_key();
create trigger device_session_sealed before insert or update of sealed_apn on device_session for each row
  when (length(new.sealed_apn) > 0 and not under_present_key(new.sealed_apn))
  execute function refuse_other_key();
create trigger second_factor_sealed before insert or update of secret on second_factor for each row
  when (length(new.secret) > 0 and not under_present_key(new.secret))
  execute function refuse_other_key();
