-- Commands as rows with a life: from who asked for them to the proof that they are in force.

create sequence command_request_id as bigint;

-- One call of somebody who asks, for one device or for all of them.
create table command_request (
  id               bigint      primary key default nextval('command_request_id'),
  -- Null: a program of the house.
  account_id       bigint      references account,
  -- Whose people see it: the organisation of who asked.
  organisation_id  bigint      references organisation,
  login            text        not null,
  address          text        not null,
  -- Chosen by who asks: the same call again queues nothing.
  key              text        not null check (length(key) between 1 and 100),
  -- SHA-256 over what was asked, so that another call under the same key is known.
  content          bytea       not null,
  at               timestamptz not null default now(),
  -- PROPOSED: a second person has to approve; nothing is queued before.
  state            text        not null check (state in ('SENT', 'PROPOSED', 'DECLINED')),
  code             smallint    not null,
  -- Of a SET_APN the name of the access point alone.
  arguments        bytea       not null,
  -- Login and password of a SET_APN, sealed together: see shared.AccessSecret. Null for all others.
  sealed_apn       bytea,
  composite        boolean     not null,
  priority         smallint    not null,
  attempts_allowed smallint    not null,
  expires_at       timestamptz not null,
  -- What a proposal is about, until somebody has decided.
  device_ids       bigint[],
  decided_by       bigint      references account,
  decided_login    text,
  decided_address  text,
  decided_at       timestamptz,
  -- Of the first answer, which a repeat gets again: devices by org.kvantenergo.command.Fate.
  counts           jsonb       not null default '{}',
  unique (account_id, key)
);
create index command_request_proposed on command_request (id) where state = 'PROPOSED';

create trigger command_request_sealed before insert or update of sealed_apn on command_request
  for each row when (length(new.sealed_apn) > 0 and not under_present_key(new.sealed_apn))
  execute function refuse_other_key();
insert into sealed_column (table_name, column_name, context) values
  ('command_request', 'sealed_apn', '''command_request/'' || id');

-- A command for many devices that goes to a few of them first.
create table campaign (
  id              bigint      generated always as identity primary key,
  organisation_id bigint      not null references organisation,
  name            text        not null check (length(name) between 1 and 200),
  -- What is sent; its devices stand in campaign_device.
  request_id      bigint      not null references command_request,
  canaries        integer     not null check (canaries > 0),
  -- Per cent of the canaries that must succeed.
  threshold       smallint    not null check (threshold between 0 and 100),
  state           text        not null check (state in
                    ('PROPOSED', 'CANARIES', 'RUNNING', 'PAUSED', 'HALTED', 'DONE', 'CANCELLED')),
  -- Of a paused one: where it goes on.
  resumes         text        check (resumes in ('CANARIES', 'RUNNING')),
  account_id      bigint      not null references account,
  login           text        not null,
  started_at      timestamptz not null default now(),
  ended_at        timestamptz,
  check ((state = 'PAUSED') = (resumes is not null))
);
create index campaign_organisation on campaign (organisation_id, id desc);
-- Few are under way, and commands ask whether theirs is paused.
create index campaign_open on campaign (id) where state in ('CANARIES', 'RUNNING', 'PAUSED', 'HALTED');

create table campaign_device (
  campaign_id bigint  not null references campaign,
  device_id   bigint  not null,
  canary      boolean not null,
  -- The change itself, the last one that was tried; null until it is queued.
  command_id  bigint,
  -- Why there is none: a name of org.kvantenergo.command.Fate.
  refusal     text,
  primary key (campaign_id, device_id)
);
create index campaign_device_command on campaign_device (command_id) where command_id is not null;

alter table command drop constraint command_state_check;
alter table command
  add constraint command_state_check check (state in ('QUEUED', 'LEASED', 'DONE', 'VERIFIED',
    'REFUSED', 'FAILED', 'MISMATCH', 'EXPIRED', 'CANCELLED', 'SUPERSEDED')),
  -- What is more urgent goes first; of the same priority what is older.
  add column priority      smallint not null default 0,
  add column request_id    bigint   references command_request,
  add column campaign_id   bigint,
  -- The command of the same task that goes before. No foreign key: a hundred thousand are queued at
  -- once, each after a row of the same statement, and rows are never deleted.
  add column waits_for     bigint,
  -- What that one must have come to: DONE, or OVER, which is any end.
  add column needs         text     check (needs in ('DONE', 'OVER')),
  -- Name of org.kvantenergo.command.CommandReason: why it ended as it did.
  add column reason        text,
  -- Null while it is QUEUED or LEASED, or DONE and not proven.
  add column ended_at      timestamptz,
  -- The session whose INFO or record proved or disproved it.
  add column proof_session bigint,
  -- The account that cancelled or superseded it, and from where; null for everything else.
  add column ended_by      bigint,
  add column ended_from    text,
  add check ((waits_for is null) = (needs is null));
update command set ended_at = coalesce(result_at, now()) where state in ('REFUSED', 'FAILED');

drop index command_open;
create index command_open on command (device_id, priority desc, id) where state in ('QUEUED', 'LEASED');
create index command_expiring on command (expires_at) where state in ('QUEUED', 'LEASED');
create index command_spent on command (id)
  where state in ('QUEUED', 'LEASED') and attempts >= attempts_allowed;
-- What still wants a proof: few rows, asked for with every batch. OUTDATED: there can be none any more.
create index command_unproven on command (device_id) where state = 'DONE' and reason is null;
create index command_after on command (waits_for) where waits_for is not null;
create index command_of_request on command (request_id, id) where request_id is not null;
create index command_campaign on command (campaign_id, state) where campaign_id is not null;
-- Results that tell the mode of the device.
create index command_mode on command (device_id, result_at desc)
  where result = 1 or code in (2, 3) and result = 0;
create index command_state on command (state, id desc);
create index command_author on command (created_by, id desc);

-- The history: written by the triggers below alone, so that no statement forgets it.
create table command_event (
  id         bigint      generated always as identity primary key,
  command_id bigint      not null,
  at         timestamptz not null default now(),
  state      text        not null,
  -- How often it had been written to a connection.
  attempt    smallint    not null,
  -- In which it was leased, answered or proven.
  session_id bigint,
  -- Who queued, cancelled or superseded it; null: the device or the system.
  account_id bigint,
  address    text,
  reason     text
);
create index command_event_command on command_event (command_id, id);
insert into command_event (command_id, at, state, attempt, session_id)
  select id, created_at, state, attempts, coalesce(result_session, leased_by) from command order by id;

create function command_event_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the history of commands is only added to' using errcode = 'insufficient_privilege';
end $$;
create trigger command_event_is_kept before update or delete or truncate on command_event
  for each statement execute function command_event_is_kept();

create function commands_queued() returns trigger language plpgsql as $$
begin
  insert into command_event (command_id, state, attempt, account_id, address, reason)
  select n.id, n.state, n.attempts, r.account_id, r.address, n.reason
  from new_command n left join command_request r on r.id = n.request_id
  order by n.id;
  return null;
end $$;
create trigger commands_queued after insert on command
  referencing new table as new_command for each statement execute function commands_queued();

-- Also carries the end of a command on along its task. Whatever ends one, by whatever statement: a change
-- whose opening came to nothing is cancelled, and so is a locking where nothing was opened. «Leased» stands
-- for «opened, perhaps»: a server that was killed may have written more than it has noted.
create function commands_changed() returns trigger language plpgsql as $$
declare
  ended bigint[];
begin
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
  order by n.id;

  select array_agg(n.id) into ended
  from new_command n join old_command o on o.id = n.id
  where n.state <> o.state
    and n.state in ('REFUSED', 'FAILED', 'MISMATCH', 'EXPIRED', 'CANCELLED', 'SUPERSEDED');
  if ended is null then
    return null;
  end if;
  -- Asked first: a statement that changes no row would come here again.
  if exists (select from command c
      where c.waits_for = any(ended) and c.needs = 'DONE' and c.state = 'QUEUED') then
    update command c set state = 'CANCELLED', reason = 'NOT_OPENED', ended_at = now()
    where c.waits_for = any(ended) and c.needs = 'DONE' and c.state = 'QUEUED';
  end if;
  if exists (select from command c join command o on o.id = c.waits_for join command m on m.waits_for = c.id
      where (c.id = any(ended) or c.waits_for = any(ended)) and m.state = 'QUEUED' and m.needs = 'OVER'
        and o.leased_by is null and o.state not in ('QUEUED', 'LEASED') and c.state not in ('QUEUED', 'LEASED')) then
    update command m set state = 'CANCELLED', reason = 'NOT_OPENED', ended_at = now()
    from command c join command o on o.id = c.waits_for
    where (c.id = any(ended) or c.waits_for = any(ended)) and m.waits_for = c.id and m.state = 'QUEUED'
      and m.needs = 'OVER' and o.leased_by is null and o.state not in ('QUEUED', 'LEASED')
      and c.state not in ('QUEUED', 'LEASED');
  end if;
  return null;
end $$;
create trigger commands_changed after update on command
  referencing old table as old_command new table as new_command
  for each statement execute function commands_changed();
