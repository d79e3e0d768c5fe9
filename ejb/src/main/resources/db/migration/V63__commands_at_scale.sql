-- What changes or queues a hundred thousand commands at once has to cost so many times one, on connections
-- that have done small things before, and with statistics of the night before.

-- Who queued it, and from where, if that was not who made the request: a retry, a step that somebody released.
alter table command
  add column queued_by   bigint,
  add column queued_from text;

-- Two indexes hold the same rows as command_open while nobody has counted: a plan that took them for it would
-- read the queue of all devices for each one. Their conditions follow from no other statement's.
drop index command_expiring;
create index command_expiring on command (expires_at)
  where state in ('QUEUED', 'LEASED') and ended_at is null;
drop index command_state;
create index command_listed on command (state, id desc) where id > 0;
-- By so many rows and not by a share of them: the share is of all that ever was.
alter table command set (
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000,
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

create or replace function commands_queued() returns trigger language plpgsql as $$
begin
  insert into command_event (command_id, state, attempt, account_id, address, reason)
  select n.id, n.state, n.attempts, coalesce(n.queued_by, r.account_id), coalesce(n.queued_from, r.address),
    n.reason
  from new_command n left join command_request r on r.id = n.request_id
  order by n.id;
  return null;
end $$;

-- The two tables of a change are joined by execute: a plan that is kept was made for the first change of its
-- connection, which had a row or two, and would take days for a hundred thousand.
create or replace function commands_changed() returns trigger language plpgsql as $$
declare
  ended     bigint[];
  following bigint[];
begin
  execute $sql$
    insert into command_event (command_id, state, attempt, session_id, account_id, address, reason)
    select n.id, n.state, n.attempts,
      case when n.state in ('DONE', 'REFUSED', 'FAILED') then n.result_session
        when n.state in ('VERIFIED', 'MISMATCH') then n.proof_session
        when n.state = 'LEASED' then n.leased_by end,
      case when n.state <> o.state then n.ended_by end, case when n.state <> o.state then n.ended_from end,
      n.reason
    from new_command n join old_command o on o.id = n.id
    where (n.state, n.attempts, coalesce(n.leased_by, 0), coalesce(n.reason, ''))
      is distinct from (o.state, o.attempts, coalesce(o.leased_by, 0), coalesce(o.reason, ''))
    order by n.id
  $sql$;
  execute $sql$
    select array_agg(n.id) from new_command n join old_command o on o.id = n.id
    where n.state <> o.state
      and n.state in ('REFUSED', 'FAILED', 'MISMATCH', 'EXPIRED', 'CANCELLED', 'SUPERSEDED')
  $sql$ into ended;
  if ended is null then
    return null;
  end if;
  execute $sql$ select array_agg(c.id) from command c where c.waits_for = any($1) $sql$ into following using ended;
  if following is null then
    return null;
  end if;
  execute $sql$
    update command c set state = 'CANCELLED', reason = 'NOT_OPENED', ended_at = now()
    where c.waits_for = any($1) and c.needs = 'DONE' and c.state = 'QUEUED'
  $sql$ using ended;
  -- Each locking looks at its own task alone: joined, the planner would look at all tasks for each.
  execute $sql$
    update command m set state = 'CANCELLED', reason = 'NOT_OPENED', ended_at = now()
    where m.waits_for = any($1) and m.needs = 'OVER' and m.state = 'QUEUED' and (
      select c.state not in ('QUEUED', 'LEASED') and o.state not in ('QUEUED', 'LEASED') and o.leased_by is null
      from command c join command o on o.id = c.waits_for where c.id = m.waits_for)
  $sql$ using ended || following;
  return null;
end $$;

create or replace function commands_ended_told() returns trigger language plpgsql as $$
declare
  devices bigint[];
begin
  execute $sql$
    select array_agg(n.device_id) from new_command n join old_command o on o.id = n.id
    where n.state <> o.state and n.state in ('EXPIRED', 'CANCELLED', 'SUPERSEDED')
  $sql$ into devices;
  if devices is not null then
    perform tell_commands(devices);
  end if;
  return null;
end $$;
