-- What is metered, where, for whom and by which device. What changes over time is a row with the
-- period in which it holds, from inclusive, to exclusive; the database refuses what overlaps.
-- Moments (a meter is changed at 14:20) are tstzrange, what a contract dates by the day is daterange
-- in the time zone of its site.

create extension if not exists btree_gist;

create table resource (
  code     text     primary key,
  -- Of the register, of readings and of consumption.
  unit     text     not null,
  position smallint not null unique
);
insert into resource values
  ('COLD_WATER', 'm3', 1), ('HOT_WATER', 'm3', 2), ('HEAT', 'Gcal', 3), ('GAS', 'm3', 4), ('ELECTRICITY', 'kWh', 5);

-- As it is written in an address: «д. 5», «кв. 12». Streets bring their own word with them.
create function site_label(kind text, name text) returns text language sql immutable
  return case kind when 'HOUSE' then 'д. ' when 'ENTRANCE' then 'подъезд ' when 'FLAT' then 'кв. ' else '' end || name;

create table site (
  id              bigint   generated always as identity primary key,
  organisation_id bigint   not null references organisation,
  kind            text     not null
                  check (kind in ('COUNTRY', 'REGION', 'SETTLEMENT', 'STREET', 'HOUSE', 'ENTRANCE', 'FLAT')),
  -- A site stands below one of a lower rank: so there are no circles.
  rank            smallint not null generated always as (case kind
                    when 'COUNTRY' then 1 when 'REGION' then 2 when 'SETTLEMENT' then 3
                    when 'STREET' then 4 when 'HOUSE' then 5 when 'ENTRANCE' then 6 else 7 end) stored,
  parent_id       bigint,
  parent_rank     smallint,
  name            text     not null check (name <> '' and length(name) <= 100),
  -- The whole way down, for people and for finding it again; kept by site_named.
  address         text     not null,
  -- IANA name; in which the days of this site begin.
  zone            text     not null,
  -- Of the state's address register, for later imports.
  guid            uuid,
  version         integer  not null default 0,
  unique (organisation_id, id, rank),
  foreign key (organisation_id, parent_id, parent_rank) references site (organisation_id, id, rank),
  check ((parent_id is null) = (parent_rank is null)),
  check (parent_rank < rank)
);
create unique index site_address on site (organisation_id, lower(address));
create unique index site_guid on site (organisation_id, guid) where guid is not null;
create index site_parent on site (parent_id);

create function site_named() returns trigger language plpgsql as $$
begin
  new.address := coalesce((select p.address || ', ' from site p where p.id = new.parent_id), '')
    || site_label(new.kind, new.name);
  return new;
end $$;
create trigger site_named before insert or update of name, parent_id, kind on site
  for each row execute function site_named();

-- Whoever stands below is written anew, level by level.
create function site_renamed() returns trigger language plpgsql as $$
begin
  update site set name = name where parent_id = new.id;
  return null;
end $$;
create trigger site_renamed after update on site
  for each row when (old.address <> new.address) execute function site_renamed();

create table meter (
  id              bigint   generated always as identity primary key,
  organisation_id bigint   not null references organisation,
  resource        text     not null references resource,
  type            text     not null check (type <> '' and length(type) <= 100),
  serial          text     not null check (serial <> '' and length(serial) <= 50),
  -- The reading at which the register begins again at 0, in the resource's unit; null if not known.
  capacity        numeric(15, 3) check (capacity > 0),
  -- Nominal diameter, mm; null if not known or none.
  diameter        smallint check (diameter between 1 and 3000),
  version         integer  not null default 0,
  unique (id, resource)
);
create unique index meter_serial on meter (organisation_id, lower(type), lower(serial));
create index meter_by_serial on meter (lower(serial) text_pattern_ops);

create table meter_verification (
  meter_id bigint not null references meter,
  done_on  date   not null,
  -- The first day on which it is no longer valid.
  due_on   date   not null,
  primary key (meter_id, done_on),
  check (due_on > done_on)
);

create table meter_seal (
  meter_id bigint    not null references meter,
  number   text      not null check (number <> '' and length(number) <= 50),
  valid    tstzrange not null,
  exclude using gist (meter_id with =, number with =, valid with &&),
  check (lower_inc(valid) and not upper_inc(valid) and isfinite(lower(valid)))
);

-- A meter is in one place at a time; at one place of a site there is one meter of a resource at a time.
create table meter_place (
  meter_id bigint    not null,
  resource text      not null,
  site_id  bigint    not null references site,
  -- Which one of several at a site: «кухня», «стояк 2»; empty where there is one.
  place    text      not null default '' check (length(place) <= 100),
  valid    tstzrange not null,
  foreign key (meter_id, resource) references meter (id, resource),
  constraint meter_in_one_place exclude using gist (meter_id with =, valid with &&),
  constraint one_meter_at_a_place exclude using gist (site_id with =, resource with =, place with =, valid with &&),
  check (lower_inc(valid) and not upper_inc(valid) and isfinite(lower(valid)))
);

-- A device is on one meter at a time, a meter has one device at a time.
create table meter_device (
  meter_id  bigint    not null references meter,
  device_id bigint    not null references device,
  valid     tstzrange not null,
  constraint meter_with_one_device exclude using gist (meter_id with =, valid with &&),
  constraint device_on_one_meter exclude using gist (device_id with =, valid with &&),
  check (lower_inc(valid) and not upper_inc(valid) and isfinite(lower(valid)))
);

create table consumer_account (
  id              bigint  generated always as identity primary key,
  organisation_id bigint  not null references organisation,
  number          text    not null check (number <> '' and length(number) <= 50),
  version         integer not null default 0
);
create unique index consumer_account_number on consumer_account (organisation_id, lower(number));

-- Whose a site is, by days of its own time zone. A flat with several families has several accounts.
create table account_site (
  account_id bigint    not null references consumer_account,
  site_id    bigint    not null references site,
  holder     text      not null default '' check (length(holder) <= 200),
  valid      daterange not null,
  constraint account_at_one_site exclude using gist (account_id with =, valid with &&),
  check (lower_inc(valid) and not upper_inc(valid) and isfinite(lower(valid)))
);
create index account_site_site on account_site (site_id);
