-- What asks for attention is known by the row of the state: no look into the archive, however many devices
-- are asked about.

alter table device_state
  -- The newest reading before the current one, by the same rules: what the current one is compared with.
  add column before_reading       double precision,
  add column before_module_time   timestamptz,
  add column before_record_number bigint;

update device_state s
set before_reading = b.reading, before_module_time = b.module_time,
  before_record_number = b.record_number
from device_state t
cross join lateral (
  select p.reading, p.module_time, p.record_number from reading p
  where p.device_id = t.device_id and p.module_time <= t.reading_module_time
    and (p.module_time, p.record_number) < (t.reading_module_time, t.reading_record_number)
    and p.status & 1 = 1 and p.reading >= 0 and p.reading < 'Infinity' and p.marks & 1 = 0
  order by p.module_time desc, p.record_number desc limit 1) b
where s.device_id = t.device_id and t.reading is not null;
