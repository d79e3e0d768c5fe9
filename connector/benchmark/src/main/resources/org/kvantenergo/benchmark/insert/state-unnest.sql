insert into bare.device_state as s (device_id, session_id, protocol, model, iccid, last_contact_at,
  module_time, record_number, received_at, meter_time, resource, temperature, battery,
  measurement_errors, temperature_errors, control_errors, calibration_errors, hardware_errors,
  status, rssi, band, period_minutes, sessions_total, sessions_day, reading, reading_module_time,
  reading_record_number)
select n.device_id, n.session_id, n.protocol, n.model, n.iccid,
  to_timestamp(n.received_at / 1000000.0::float8), to_timestamp(n.module_time), n.record_number,
  to_timestamp(n.received_at / 1000000.0::float8), to_timestamp(n.meter_time), n.resource,
  n.temperature, n.battery, n.e1, n.e2, n.e3, n.e4, n.e5, n.status, n.rssi, n.band,
  n.period_minutes, n.sessions_total, n.sessions_day, n.reading, to_timestamp(n.module_time),
  n.record_number
from unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::int[], ?::text[], ?::bigint[],
  ?::bigint[], ?::bigint[], ?::bigint[], ?::float4[], ?::float4[], ?::float4[], ?::int[], ?::int[],
  ?::int[], ?::int[], ?::int[], ?::int[], ?::smallint[], ?::smallint[], ?::int[], ?::bigint[],
  ?::int[], ?::float8[])
  as n(device_id, session_id, protocol, model, iccid, received_at, module_time, record_number,
  meter_time, resource, temperature, battery, e1, e2, e3, e4, e5, status, rssi, band,
  period_minutes, sessions_total, sessions_day, reading)
on conflict (device_id) do update set
  previous_session_id = case when excluded.session_id > s.session_id then s.session_id
    else s.previous_session_id end,
  session_id = excluded.session_id,
  protocol = excluded.protocol,
  model = excluded.model,
  iccid = excluded.iccid,
  last_contact_at = excluded.last_contact_at,
  module_time = excluded.module_time,
  record_number = excluded.record_number,
  received_at = excluded.received_at,
  meter_time = excluded.meter_time,
  resource = excluded.resource,
  temperature = excluded.temperature,
  battery = excluded.battery,
  measurement_errors = excluded.measurement_errors,
  temperature_errors = excluded.temperature_errors,
  control_errors = excluded.control_errors,
  calibration_errors = excluded.calibration_errors,
  hardware_errors = excluded.hardware_errors,
  status = excluded.status,
  rssi = excluded.rssi,
  band = excluded.band,
  period_minutes = excluded.period_minutes,
  sessions_total = excluded.sessions_total,
  sessions_day = excluded.sessions_day,
  reading = excluded.reading,
  reading_module_time = excluded.reading_module_time,
  reading_record_number = excluded.reading_record_number
where excluded.session_id >= s.session_id
  and (excluded.module_time, excluded.record_number) > (s.module_time, s.record_number)
