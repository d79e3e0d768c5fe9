package org.kvantenergo.reading.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceUse;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;

/**
 * The archive of a device that turns out to be another one becomes that one's, record by record.
 */
@ApplicationScoped
public class RecordsOfDevices implements DeviceUse {

  private static final String COUNT = "select count(*) from reading where device_id = ?";

  private static final String REST =
      """
      module_time, record_number, digest, meter_time, received_at, session_id, reading, resource,
        temperature, battery, measurement_errors, temperature_errors, control_errors,
        calibration_errors, hardware_errors, status, rssi, band, period_minutes, sessions_total,
        sessions_day, marks, raw, batch_id, frame, position, frame_records
      """;

  // A record that both have is one and the same.
  private static final String MOVE =
      """
      with gone as (delete from reading where device_id = ? returning %1$s)
      insert into reading (device_id, %1$s) select ?, %1$s from gone
      order by module_time, record_number, digest on conflict do nothing
      """
          .formatted(REST);

  private static final String MOVE_REPEATS =
      """
      with gone as (delete from reading_repeat where device_id = ? returning *)
      insert into reading_repeat as r
        (device_id, module_time, record_number, digest, times, last_at, last_session, last_batch,
          last_frame, last_position)
      select ?, module_time, record_number, digest, times, last_at, last_session, last_batch,
        last_frame, last_position from gone
      on conflict (device_id, module_time, record_number, digest)
        do update set times = r.times + excluded.times
      """;

  private final DataSource dataSource;

  @Inject
  public RecordsOfDevices(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected RecordsOfDevices() {
    this(null);
  }

  @Override
  public long records(DeviceId device) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setLong(1, device.value());
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new DatabaseException("counting records of device " + device.value(), e);
    }
  }

  @Override
  public void merged(DeviceId from, DeviceId into) {
    try (Connection connection = dataSource.getConnection()) {
      for (String sql : new String[] {MOVE, MOVE_REPEATS}) {
        try (PreparedStatement move = connection.prepareStatement(sql)) {
          move.setLong(1, from.value());
          move.setLong(2, into.value());
          move.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException("merging the archive of device " + from.value(), e);
    }
  }
}
