-- Who did what: rows that are only ever added, each with a hash over itself and the row before.

create table audit (
  id              bigint      primary key,
  at              timestamptz not null,
  -- Whose people may read the row: the organisation of who acted. Null: of nobody that is known.
  -- Numbers only: a row outlives what it names.
  organisation_id bigint,
  account_id      bigint,
  login           text        not null,
  address         text        not null,
  -- Name of org.kvantenergo.audit.AuditAction.
  action          text        not null,
  -- What it was done to, for example "account dispatcher2"; empty = nothing in particular.
  object          text        not null,
  -- Lines "name=value".
  before          text        not null,
  after           text        not null,
  hash            bytea       not null
);
create index audit_organisation on audit (organisation_id, id desc);

-- The last row's number and hash: a chain that was cut at its end does not fit to it.
create table audit_head (
  one  boolean primary key default true check (one),
  id   bigint  not null,
  hash bytea   not null
);
insert into audit_head (id, hash) values (0, sha256('kvant-audit'::bytea));

-- A field as the hash sees it: its length and its text, so that no two rows look alike.
create function audit_field(field text) returns bytea language sql immutable parallel safe return
  case when field is null then '-'::bytea
    else convert_to(octet_length(field) || ':' || field, 'UTF8') end;

-- docs/security.md says the same, and the command that verifies is written from there.
create function audit_chained() returns trigger language plpgsql as $$
declare
  head audit_head;
begin
  select * into head from audit_head for update;
  new.id := head.id + 1;
  new.hash := sha256(head.hash
    || audit_field(new.id::text)
    || audit_field((extract(epoch from new.at) * 1000000)::bigint::text)
    || audit_field(new.organisation_id::text)
    || audit_field(new.account_id::text)
    || audit_field(new.login) || audit_field(new.address) || audit_field(new.action)
    || audit_field(new.object) || audit_field(new.before) || audit_field(new.after));
  update audit_head set id = new.id, hash = new.hash;
  return new;
end $$;
create trigger audit_chained before insert on audit
  for each row execute function audit_chained();

create function audit_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only added to' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_is_kept before update or delete or truncate on audit
  for each statement execute function audit_is_kept();
