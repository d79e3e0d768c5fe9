package org.kvantenergo.reading.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;

/** A device with an archive that tests write row by row, and one of another organisation. */
final class Archive {

  static final DeviceId DEVICE = new DeviceId(1);
  static final DeviceId OTHERS = new DeviceId(2);
  static final Scope OWN = new Scope(new OrganisationId(2), false);

  final TestDatabase database = TestDatabase.create();
  private int number;

  Archive() {
    try {
      database.execute(
          """
          insert into organisation (name, runs_installation, kind) values ('К', true, 'OPERATOR');
          insert into organisation (name) values ('С'), ('Ю');
          insert into device (organisation_id, kind, state, imei, serial, model)
            values (2, 'MODULE', 'REGISTERED', 101, 201, 642), (3, 'MODULE', 'REGISTERED', 102, 202, 642);
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A slice that is as it should be; columns can be set otherwise by «name = value, …». */
  void record(Instant at, double reading, String otherwise) throws SQLException {
    number++;
    database.execute(
        String.format(
            Locale.ROOT,
            """
            insert into reading (device_id, module_time, record_number, digest, meter_time,
              received_at, session_id, reading, resource, temperature, battery, measurement_errors,
              temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi,
              band, period_minutes, sessions_total, sessions_day, marks)
            values (1, '%1$s', %2$d, %2$d, '%1$s', '%1$s', 1, %3$s, 0, 20, 3.6, 0, 0, 0, 0, 0, 4097,
              -80, 0, 60, %2$d, 24, 0)
            """,
            at,
            number,
            Double.isNaN(reading) ? "'NaN'" : Double.toString(reading)));
    if (!otherwise.isEmpty()) {
      database.execute(
          "update reading set %s where record_number = %d".formatted(otherwise, number));
    }
  }

  /** The newest record becomes the current state. */
  void newest() throws SQLException {
    database.execute(
        """
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at,
          module_time, record_number, received_at, meter_time, period_minutes, status,
          measurement_errors, temperature_errors, control_errors, calibration_errors, hardware_errors)
        select device_id, 1, 5, 642, '', received_at, module_time, record_number, received_at,
          meter_time, period_minutes, status, measurement_errors, temperature_errors, control_errors,
          calibration_errors, hardware_errors
        from reading where device_id = 1 and marks & 1 = 0
        order by module_time desc, record_number desc limit 1
        """);
  }
}
