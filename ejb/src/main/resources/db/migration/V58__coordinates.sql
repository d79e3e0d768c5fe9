-- Where a site is on the map, WGS 84, degrees. What stands below a site without coordinates of its own
-- is where the nearest site above it is.
alter table site
  add column latitude double precision check (latitude between -85 and 85),
  add column longitude double precision check (longitude between -180 and 180),
  add check ((latitude is null) = (longitude is null));
-- What is in the box that is looked at.
create index site_on_map on site (longitude, latitude) where longitude is not null;
