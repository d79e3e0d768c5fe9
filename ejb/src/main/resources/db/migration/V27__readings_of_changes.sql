-- What a meter showed when it was put somewhere and when it was taken away: a bill over a change of
-- meters is the old one's last reading less its first, and the new one's. In the unit of the resource.
alter table meter_place
  add first_reading numeric(15, 3) check (first_reading >= 0),
  add last_reading  numeric(15, 3) check (last_reading >= 0);

-- Houses of a street in the order in which people count them: 2 before 10, 10 before 10а.
create function site_order(name text) returns text language sql immutable
  return lpad(coalesce(substring(name from '^[0-9]+'), ''), 12, '0') || lower(name);

-- A list that its owner does not want any more.
alter table meter_list drop constraint meter_list_state_check;
alter table meter_list add constraint meter_list_state_check
  check (state in ('READING', 'CHECKED', 'REFUSED', 'APPLYING', 'APPLIED', 'FAILED', 'CANCELLED'));
create index meter_list_owner on meter_list (account_id, id);
