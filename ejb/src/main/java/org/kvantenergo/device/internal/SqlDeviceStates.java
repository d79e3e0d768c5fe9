package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceStates;
import org.kvantenergo.device.SessionContact;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;

/**
 * One row a device, moved forward in place. Rows are written in the order of their ids, so that
 * batches of other lanes and nodes wait for each other instead of locking each other out.
 */
@ApplicationScoped
public class SqlDeviceStates implements DeviceStates {

  private static final String SESSION = "session_id protocol model iccid via_device_id";
  private static final String CONTACT =
      "module_time record_number received_at meter_time resource temperature battery"
          + " measurement_errors temperature_errors control_errors calibration_errors"
          + " hardware_errors status rssi band period_minutes sessions_total sessions_day";
  private static final String READING = "reading reading_module_time reading_record_number";

  private static final String UPSERT =
      """
      insert into device_state as s (device_id, last_contact_at, %1$s)
      select n.device_id, %2$s
      from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::smallint[], ?::int[], ?::text[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::float4[], ?::float4[], ?::float4[],
        ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[],
        ?::bigint[], ?::int[], ?::float8[], ?::bigint[], ?::bigint[])
        as n(device_id, last_contact_at, %1$s)
      order by n.device_id
      on conflict (device_id) do update set
        last_contact_at = greatest(excluded.last_contact_at, s.last_contact_at),
        previous_session_id = case when excluded.session_id > s.session_id then s.session_id
          else s.previous_session_id end,
        %3$s
      returning device_id, session_id, coalesce(previous_session_id, 0)
      """
          .formatted(
              String.join(", ", (SESSION + " " + CONTACT + " " + READING).split(" ")),
              columns("last_contact_at " + SESSION + " " + CONTACT + " " + READING)
                  .map(c -> time(c) ? Columns.time("n." + c) : "n." + c)
                  .collect(Collectors.joining(", ")),
              String.join(
                  ",\n  ",
                  forward(SESSION, "excluded.session_id >= s.session_id"),
                  forward(CONTACT, newer("module_time", "record_number")),
                  forward(READING, newer("reading_module_time", "reading_record_number"))));

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
    private final long device;
    private SessionContact session;
    private MeterRecord contact;
    private MeterRecord reading;

    Advance(long device) {
      this.device = device;
    }

    /** A value of the newest record; null if there is none. */
    static <V> Function<Advance, V> contact(Function<MeterRecord, V> value) {
      return a -> a.contact == null ? null : value.apply(a.contact);
    }

    /** A value of the newest record with a reading; null if there is none. */
    static <V> Function<Advance, V> reading(Function<MeterRecord, V> value) {
      return a -> a.reading == null ? null : value.apply(a.reading);
    }
  }

  @Override
  public Map<DeviceId, Epoch> advance(List<SessionContact> contacts, List<MeterRecord> records) {
    Map<Long, Advance> advances = new TreeMap<>();
    for (SessionContact contact : contacts) {
      Advance advance = advances.computeIfAbsent(contact.device().value(), Advance::new);
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
    return write(List.copyOf(advances.values()));
  }

  private Map<DeviceId, Epoch> write(List<Advance> advances) {
    Map<DeviceId, Epoch> epochs = new HashMap<>(advances.size() * 2);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      bind(new Columns<>(upsert, advances));
      try (ResultSet row = upsert.executeQuery()) {
        while (row.next()) {
          epochs.put(new DeviceId(row.getLong(1)), new Epoch(row.getLong(2), row.getLong(3)));
        }
      }
      return epochs;
    } catch (SQLException e) {
      throw new DatabaseException("advancing " + advances.size() + " device states", e);
    }
  }

  private static void bind(Columns<Advance> columns) throws SQLException {
    columns.longs(a -> a.device);
    columns.times(a -> a.session.at());
    columns.longs(a -> a.session.sessionId());
    columns.shorts(a -> a.session.protocol());
    columns.ints(a -> a.session.model());
    columns.texts(a -> a.session.iccid());
    columns.longsOrNull(a -> a.session.via() == null ? null : a.session.via().value());
    columns.times(Advance.contact(r -> Instant.ofEpochSecond(r.moduleTime())));
    columns.longsOrNull(Advance.contact(MeterRecord::recordNumber));
    columns.times(Advance.contact(MeterRecord::receivedAt));
    columns.times(Advance.contact(r -> Instant.ofEpochSecond(r.meterTime())));
    columns.floatsOrNull(Advance.contact(MeterRecord::resource));
    columns.floatsOrNull(Advance.contact(MeterRecord::temperature));
    columns.floatsOrNull(Advance.contact(MeterRecord::battery));
    columns.intsOrNull(Advance.contact(MeterRecord::measurementErrors));
    columns.intsOrNull(Advance.contact(MeterRecord::temperatureErrors));
    columns.intsOrNull(Advance.contact(MeterRecord::controlErrors));
    columns.intsOrNull(Advance.contact(MeterRecord::calibrationErrors));
    columns.intsOrNull(Advance.contact(MeterRecord::hardwareErrors));
    columns.intsOrNull(Advance.contact(MeterRecord::status));
    columns.intsOrNull(Advance.contact(MeterRecord::rssi));
    columns.intsOrNull(Advance.contact(MeterRecord::band));
    columns.intsOrNull(Advance.contact(MeterRecord::periodMinutes));
    columns.longsOrNull(Advance.contact(MeterRecord::sessionsTotal));
    columns.intsOrNull(Advance.contact(MeterRecord::sessionsDay));
    columns.doublesOrNull(Advance.reading(MeterRecord::reading));
    columns.times(Advance.reading(r -> Instant.ofEpochSecond(r.moduleTime())));
    columns.longsOrNull(Advance.reading(MeterRecord::recordNumber));
  }

  private static Stream<String> columns(String names) {
    return Arrays.stream(names.split(" "));
  }

  private static boolean time(String column) {
    return column.endsWith("_at") || column.endsWith("_time");
  }

  /** New values where the condition holds, the old ones elsewhere. */
  private static String forward(String names, String condition) {
    return columns(names)
        .map(c -> c + " = case when " + condition + " then excluded." + c + " else s." + c + " end")
        .collect(Collectors.joining(",\n  "));
  }

  private static String newer(String time, String number) {
    return "excluded.%1$s is not null and (s.%1$s is null or (excluded.%1$s, excluded.%2$s) > (s.%1$s, s.%2$s))"
        .formatted(time, number);
  }
}
