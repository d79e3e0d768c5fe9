-- Pages are told that commands were queued or ended, whatever statement did it. What comes of a command in
-- a session is told by the event of the batch that brought it, so the way of the packets writes nothing here.

create function tell_commands(devices bigint[]) returns void language sql as $$
  -- No more devices in an event than org.kvantenergo.event.Event allows.
  insert into outbox (kind, body)
  select 'COMMANDS_CHANGED', jsonb_build_object('devices', jsonb_agg(p.id))
  from (select d.id, (row_number() over (order by d.id) - 1) / 10000 as part
    from (select distinct unnest(devices) as id) d) p
  group by p.part order by p.part
$$;

create function commands_queued_told() returns trigger language plpgsql as $$
begin
  perform tell_commands(array_agg(n.device_id)) from new_command n having count(*) > 0;
  return null;
end $$;
create trigger commands_queued_told after insert on command
  referencing new table as new_command for each statement execute function commands_queued_told();

create function commands_ended_told() returns trigger language plpgsql as $$
begin
  perform tell_commands(array_agg(n.device_id))
  from new_command n join old_command o on o.id = n.id
  where n.state <> o.state and n.state in ('EXPIRED', 'CANCELLED', 'SUPERSEDED')
  having count(*) > 0;
  return null;
end $$;
create trigger commands_ended_told after update on command
  referencing old table as old_command new table as new_command
  for each statement execute function commands_ended_told();

-- Pages ask at every refresh who was left open. Like the other signs it does not move with every packet.
alter table device_state add column open boolean generated always as (status & 16384 <> 0) stored;
create index device_state_open on device_state (device_id) where open;
