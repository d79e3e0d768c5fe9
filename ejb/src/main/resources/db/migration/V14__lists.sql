-- Lists of meters on their way into the registry: read once, checked and applied as sets.

create table meter_list (
  id              bigint      generated always as identity primary key,
  organisation_id bigint      not null references organisation,
  account_id      bigint      not null,
  file_name       text        not null,
  -- For times of sites that are made.
  zone            text        not null,
  state           text        not null
                  check (state in ('READING', 'CHECKED', 'REFUSED', 'APPLYING', 'APPLIED', 'FAILED')),
  -- 0..100 of what is under way.
  progress        smallint    not null default 0 check (progress between 0 and 100),
  lines           integer     not null default 0,
  bad_lines       integer     not null default 0,
  errors          integer     not null default 0,
  -- What applying does or did, by name.
  counts          jsonb       not null default '{}',
  created_at      timestamptz not null default now(),
  touched_at      timestamptz not null default now()
);

-- Worth nothing after a crash: the file is still the person's.
create unlogged table meter_list_line (
  list_id  bigint  not null,
  line     integer not null,
  -- Names of the sites from country to flat, and the address down to each; null where none is named.
  n1 text, n2 text, n3 text, n4 text, n5 text, n6 text, n7 text,
  a1 text, a2 text, a3 text, a4 text, a5 text, a6 text, a7 text,
  -- Of the last site that is named.
  address  text,
  zone     text,
  guid     uuid,
  resource text    not null,
  place    text,
  type     text    not null,
  serial   text    not null,
  capacity numeric,
  diameter integer,
  -- Local times of the site.
  installed timestamp,
  verified date,
  due      date,
  seals    text,
  module   bigint,
  fitted   timestamp,
  account  text,
  holder   text,
  since    date,
  bad      boolean not null default false,
  -- Found by resolving: what the names name, and the moments that the local times mean.
  site_id    bigint,
  meter_id   bigint,
  device_id  bigint,
  at_zone    text,
  placed_at  timestamptz,
  fitted_at  timestamptz,
  -- What is to be done, noted before anything is: the view below answers differently afterwards.
  at_place   text,
  places     boolean,
  fits       boolean,
  settles    boolean,
  settled_on date,
  primary key (list_id, line)
);

create unlogged table meter_list_error (
  list_id     bigint  not null,
  line        integer not null,
  -- Name of a column of the form; empty: the whole line or, with line 0, the whole file.
  column_name text    not null,
  code        text    not null,
  value       text    not null
);
create index meter_list_error_line on meter_list_error (list_id, line);

-- A line beside what holds now (what has no end).
create view meter_list_found as
select l.list_id, l.line, t.organisation_id, l.bad, l.type, l.serial, l.resource, l.address, l.installed, l.fitted, l.module,
  l.account, l.since, l.guid, l.holder, l.site_id, l.meter_id, l.device_id, l.at_zone, l.placed_at,
  now_placed.valid as now_placed, now_fitted.valid as now_fitted, now_settled.valid as now_settled,
  c.id as account_id,
  coalesce(l.place, case when now_placed.site_id = l.site_id then now_placed.place end, '') as at_place,
  step.places, step.fits, step.settles,
  coalesce(l.fitted_at, case when step.places then l.placed_at end) as fitted_at,
  coalesce(l.since, case when step.places then (l.placed_at at time zone l.at_zone)::date end) as settled_on
from meter_list_line l
join meter_list t on t.id = l.list_id
left join meter_place now_placed on now_placed.meter_id = l.meter_id and upper_inf(now_placed.valid)
left join meter_device now_fitted on now_fitted.meter_id = l.meter_id and upper_inf(now_fitted.valid)
left join consumer_account c on c.organisation_id = t.organisation_id and lower(c.number) = lower(l.account)
left join account_site now_settled on now_settled.account_id = c.id and upper_inf(now_settled.valid)
cross join lateral (select
  l.address is not null and (now_placed.site_id is null or l.site_id is null
    or now_placed.site_id <> l.site_id or l.place <> now_placed.place) is true as places,
  l.module is not null and (now_fitted.device_id is null or l.device_id is null
    or now_fitted.device_id <> l.device_id) as fits,
  l.account is not null and (now_settled.site_id is null or l.site_id is null
    or now_settled.site_id <> l.site_id) as settles) step;
