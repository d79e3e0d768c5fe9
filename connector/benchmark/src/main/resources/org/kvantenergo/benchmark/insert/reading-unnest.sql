insert into bare.reading (device_id, module_time, record_number, digest, meter_time, received_at,
  session_id, reading, resource, temperature, battery, measurement_errors, temperature_errors,
  control_errors, calibration_errors, hardware_errors, status, rssi, band, period_minutes,
  sessions_total, sessions_day, marks, raw, batch_id, frame, position, frame_records)
select n.device_id, to_timestamp(n.module_time), n.record_number, n.digest,
  to_timestamp(n.meter_time), to_timestamp(n.received_at / 1000000.0::float8), n.session_id,
  n.reading, n.resource, n.temperature, n.battery, n.e1, n.e2, n.e3, n.e4, n.e5, n.status,
  n.rssi, n.band, n.period_minutes, n.sessions_total, n.sessions_day, n.marks, n.raw,
  n.batch_id, n.frame, n.position, n.frame_records
from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
  ?::bigint[], ?::float8[], ?::float4[], ?::float4[], ?::float4[], ?::int[], ?::int[], ?::int[],
  ?::int[], ?::int[], ?::int[], ?::smallint[], ?::smallint[], ?::int[], ?::bigint[], ?::int[],
  ?::int[], ?::bytea[], ?::bigint[], ?::smallint[], ?::smallint[], ?::smallint[])
  as n(device_id, module_time, record_number, digest, meter_time, received_at, session_id,
  reading, resource, temperature, battery, e1, e2, e3, e4, e5, status, rssi, band,
  period_minutes, sessions_total, sessions_day, marks, raw, batch_id, frame, position,
  frame_records)
on conflict do nothing
