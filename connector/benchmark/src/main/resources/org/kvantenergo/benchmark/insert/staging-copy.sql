copy pg_temp.staging (device_id, module_time, record_number, digest, meter_time, received_at, session_id,
  reading, resource, temperature, battery, measurement_errors, temperature_errors, control_errors,
  calibration_errors, hardware_errors, status, rssi, band, period_minutes, sessions_total,
  sessions_day, marks, raw, batch_id, frame, position, frame_records, protocol, model, iccid)
from stdin (format binary)
