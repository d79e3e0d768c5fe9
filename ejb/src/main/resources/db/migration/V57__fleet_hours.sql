-- How many registered devices reported in each hour that is over: counted once, from the log of
-- events, so that nobody who looks counts a day of records.

create table fleet_hour_counted (
  -- Its beginning.
  hour timestamptz primary key
);

create table fleet_hour (
  hour            timestamptz not null references fleet_hour_counted on delete cascade,
  organisation_id bigint      not null references organisation,
  -- The device's at the time of counting; null if it had none. No key of device_group: a group that
  -- is removed takes nothing of the past with it.
  group_id        bigint,
  devices         integer     not null check (devices > 0),
  unique nulls not distinct (hour, organisation_id, group_id)
);
