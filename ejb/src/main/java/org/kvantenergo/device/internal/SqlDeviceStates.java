package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceStates;
import org.kvantenergo.device.SessionContact;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.MeterRecord;

/**
 * One row a device, moved forward in place. Rows are written in the order of their ids, so that
 * batches of other lanes and nodes wait for each other instead of locking each other out.
 */
@ApplicationScoped
public class SqlDeviceStates implements DeviceStates {

  private static final List<String> SESSION = List.of("session_id", "protocol", "model", "iccid");
  private static final List<String> CONTACT =
      List.of(
          "module_time",
          "record_number",
          "received_at",
          "meter_time",
          "resource",
          "temperature",
          "battery",
          "measurement_errors",
          "temperature_errors",
          "control_errors",
          "calibration_errors",
          "hardware_errors",
          "status",
          "rssi",
          "band",
          "period_minutes",
          "sessions_total",
          "sessions_day");
  private static final List<String> READING =
      List.of("reading", "reading_module_time", "reading_record_number");

  private static final String UPSERT =
      "insert into device_state as s (device_id, last_contact_at, "
          + String.join(", ", SESSION)
          + ", "
          + String.join(", ", CONTACT)
          + ", "
          + String.join(", ", READING)
          + ") values (?, ?, ?, ?, ?, ?, to_timestamp(?), ?, ?, to_timestamp(?)"
          + ", ?".repeat(CONTACT.size() - 4)
          + ", ?, to_timestamp(?), ?)\non conflict (device_id) do update set"
          + " last_contact_at = greatest(excluded.last_contact_at, s.last_contact_at),\n"
          + forward(SESSION, "excluded.session_id >= s.session_id")
          + ",\n"
          + forward(CONTACT, newer("module_time", "record_number"))
          + ",\n"
          + forward(READING, newer("reading_module_time", "reading_record_number"));

  private final DataSource dataSource;

  @Inject
  public SqlDeviceStates(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlDeviceStates() {
    this(null);
  }

  /** What a batch says of one device. */
  private static final class Advance {
    private SessionContact session;
    private MeterRecord contact;
    private MeterRecord reading;
  }

  @Override
  public void advance(List<SessionContact> contacts, List<MeterRecord> records) {
    Map<Long, Advance> advances = new TreeMap<>();
    for (SessionContact contact : contacts) {
      Advance advance = advances.computeIfAbsent(contact.device().value(), id -> new Advance());
      if (advance.session == null || contact.sessionId() >= advance.session.sessionId()) {
        advance.session = contact;
      }
    }
    for (MeterRecord record : records) {
      if (record.clockPlausible()) {
        Advance advance = advances.get(record.device().value());
        if (advance.contact == null || record.newerThan(advance.contact)) {
          advance.contact = record;
        }
        if (record.readingUsable()
            && (advance.reading == null || record.newerThan(advance.reading))) {
          advance.reading = record;
        }
      }
    }
    write(advances);
  }

  private void write(Map<Long, Advance> advances) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      for (Map.Entry<Long, Advance> entry : advances.entrySet()) {
        bind(new Binder(upsert), entry.getKey(), entry.getValue());
        upsert.addBatch();
      }
      upsert.executeBatch();
    } catch (SQLException e) {
      throw new DatabaseException("advancing " + advances.size() + " device states", e);
    }
  }

  private static void bind(Binder row, long device, Advance advance) throws SQLException {
    SessionContact session = advance.session;
    row.of(device, Types.BIGINT).time(session.at()).of(session.sessionId(), Types.BIGINT);
    row.of(session.protocol(), Types.INTEGER).of(session.model(), Types.INTEGER);
    row.of(session.iccid(), Types.VARCHAR);
    MeterRecord c = advance.contact;
    if (c == null) {
      row.none(CONTACT.size());
    } else {
      row.of(c.moduleTime(), Types.BIGINT).of(c.recordNumber(), Types.BIGINT).time(c.receivedAt());
      row.of(c.meterTime(), Types.BIGINT);
      row.of(c.resource(), Types.REAL).of(c.temperature(), Types.REAL).of(c.battery(), Types.REAL);
      row.of(c.measurementErrors(), Types.INTEGER).of(c.temperatureErrors(), Types.INTEGER);
      row.of(c.controlErrors(), Types.INTEGER).of(c.calibrationErrors(), Types.INTEGER);
      row.of(c.hardwareErrors(), Types.INTEGER).of(c.status(), Types.INTEGER);
      row.of(c.rssi(), Types.INTEGER).of(c.band(), Types.INTEGER);
      row.of(c.periodMinutes(), Types.INTEGER).of(c.sessionsTotal(), Types.BIGINT);
      row.of(c.sessionsDay(), Types.INTEGER);
    }
    MeterRecord r = advance.reading;
    if (r == null) {
      row.none(READING.size());
    } else {
      row.of(r.reading(), Types.DOUBLE).of(r.moduleTime(), Types.BIGINT);
      row.of(r.recordNumber(), Types.BIGINT);
    }
  }

  /** New values where the condition holds, the old ones elsewhere. */
  private static String forward(List<String> columns, String condition) {
    return columns.stream()
        .map(c -> c + " = case when " + condition + " then excluded." + c + " else s." + c + " end")
        .collect(Collectors.joining(",\n"));
  }

  private static String newer(String time, String number) {
    return "excluded.%1$s is not null and (s.%1$s is null or (excluded.%1$s, excluded.%2$s) > (s.%1$s, s.%2$s))"
        .formatted(time, number);
  }

  /** Binds the places of one row in their order. */
  private static final class Binder {

    private final PreparedStatement statement;
    private int place;

    Binder(PreparedStatement statement) {
      this.statement = statement;
    }

    Binder of(Object value, int type) throws SQLException {
      statement.setObject(++place, value, type);
      return this;
    }

    Binder time(Instant value) throws SQLException {
      return of(value.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    void none(int count) throws SQLException {
      for (int i = 0; i < count; i++) {
        statement.setNull(++place, Types.NULL);
      }
    }
  }
}
