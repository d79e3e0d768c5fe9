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
import org.kvantenergo.device.DeviceUse;
import org.kvantenergo.device.SessionContact;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.shared.Sql;

/**
 * One row a device, moved forward in place. Rows are written in the order of their ids, so that
 * batches of other lanes and nodes wait for each other instead of locking each other out.
 */
@ApplicationScoped
public class SqlDeviceStates implements DeviceStates, DeviceUse {

  private static final String SESSION = "session_id protocol model iccid via_device_id";
  private static final String CONTACT =
      "module_time record_number received_at meter_time resource temperature battery"
          + " measurement_errors temperature_errors control_errors calibration_errors"
          + " hardware_errors status rssi band period_minutes sessions_total sessions_day";
  private static final String READING = "reading reading_module_time reading_record_number";

  private static final String BEFORE = "before_reading before_module_time before_record_number";

  private static final String ALL = SESSION + " " + CONTACT + " " + READING + " " + BEFORE;

  private static final String STATES =
      """
      select n.device_id, %2$s
      from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::smallint[], ?::int[], ?::text[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::float4[], ?::float4[], ?::float4[],
        ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[],
        ?::bigint[], ?::int[], ?::float8[], ?::bigint[], ?::bigint[], ?::float8[], ?::bigint[], ?::bigint[])
        as n(device_id, last_contact_at, %1$s)
      order by n.device_id
      """
          .formatted(
              columns(ALL).collect(Collectors.joining(", ")),
              columns("last_contact_at " + ALL)
                  .map(c -> time(c) ? Columns.time("n." + c) + " as " + c : "n." + c)
                  .collect(Collectors.joining(", ")));

  private static final String FORWARD =
      """
      last_contact_at = greatest(%1$s.last_contact_at, s.last_contact_at),
        previous_session_id = case when %1$s.session_id > s.session_id then s.session_id
          else s.previous_session_id end,
        %2$s
      """;

  private static final String EPOCH =
      " returning s.device_id, s.session_id, coalesce(s.previous_session_id, 0)";

  // Nearly every device has its row: an update finds it for less than an insert that conflicts. The
  // planner takes the rows in the order of the ids; where it did not, two nodes that store for the
  // same devices at once could deadlock, and one batch would come again.
  private static final String UPDATE =
      "update device_state s set "
          + FORWARD.formatted("n", forward("n"))
          + " from ("
          + STATES
          + ") n where s.device_id = n.device_id"
          + EPOCH;

  // And nearly always everything is newer: one look at the row instead of one a column.
  private static final String NEWER =
      "update device_state s set "
          + FORWARD.formatted(
              "n",
              columns(SESSION + " " + CONTACT + " " + READING)
                      .map(c -> c + " = n." + c)
                      .collect(Collectors.joining(", "))
                  + ", "
                  + columns(BEFORE)
                      .map(c -> c + " = " + later(c, "n.before", "s.reading"))
                      .collect(Collectors.joining(", ")))
          + " from ("
          + STATES
          + ") n where s.device_id = n.device_id and n.session_id >= s.session_id and "
          + newer("n", "module_time", "record_number")
          + " and "
          + newer("n", "reading_module_time", "reading_record_number")
          + EPOCH;

  private static final String UPSERT =
      "insert into device_state as s (device_id, last_contact_at, %s) "
              .formatted(columns(ALL).collect(Collectors.joining(", ")))
          + STATES
          + " on conflict (device_id) do update set "
          + FORWARD.formatted("excluded", forward("excluded"))
          + EPOCH;

  private static final String MERGE =
      "insert into device_state as s (device_id, last_contact_at, %1$s) "
              .formatted(columns(ALL).collect(Collectors.joining(", ")))
          + "select ?, last_contact_at, %1$s from device_state where device_id = ?"
              .formatted(columns(ALL).collect(Collectors.joining(", ")))
          + " on conflict (device_id) do update set "
          + FORWARD.formatted("excluded", forward("excluded"));

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
    private MeterRecord before;

    Advance(long device) {
      this.device = device;
    }

    /** The newest reading and the one before it, of those that came so far. */
    void reading(MeterRecord record) {
      if (reading == null || record.newerThan(reading)) {
        before = reading;
        reading = record;
      } else if (reading.newerThan(record) && (before == null || record.newerThan(before))) {
        before = record;
      }
    }

    /** A value of the newest record; null if there is none. */
    static <V> Function<Advance, V> contact(Function<MeterRecord, V> value) {
      return a -> a.contact == null ? null : value.apply(a.contact);
    }

    /** A value of the newest record with a reading; null if there is none. */
    static <V> Function<Advance, V> reading(Function<MeterRecord, V> value) {
      return a -> a.reading == null ? null : value.apply(a.reading);
    }

    /** A value of the record with the reading before; null if there is none. */
    static <V> Function<Advance, V> before(Function<MeterRecord, V> value) {
      return a -> a.before == null ? null : value.apply(a.before);
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
        if (record.readingUsable()) {
          advance.reading(record);
        }
      }
    }
    return write(List.copyOf(advances.values()));
  }

  @Override
  public void merged(DeviceId from, DeviceId into) {
    Sql sql = new Sql(dataSource);
    String doing = "merging device states";
    long[] both = {from.value(), into.value()};
    sql.list(
        doing,
        row -> true,
        "select from device_state where device_id = any(?) order by device_id for update",
        (Object) both);
    sql.update(doing, MERGE, into.value(), from.value());
    sql.update(
        doing,
        "update device_state set via_device_id = ? where via_device_id = ?",
        into.value(),
        from.value());
    sql.update(doing, "delete from device_state where device_id = ?", from.value());
  }

  private Map<DeviceId, Epoch> write(List<Advance> advances) {
    Map<DeviceId, Epoch> epochs = new HashMap<>(advances.size() * 2);
    try (Connection connection = dataSource.getConnection()) {
      List<Advance> rest = write(connection, NEWER, advances, epochs);
      rest = write(connection, UPDATE, rest, epochs);
      write(connection, UPSERT, rest, epochs);
      return epochs;
    } catch (SQLException e) {
      throw new DatabaseException("advancing " + advances.size() + " device states", e);
    }
  }

  /** Returns those that it did not write. */
  private static List<Advance> write(
      Connection connection, String sql, List<Advance> advances, Map<DeviceId, Epoch> epochs)
      throws SQLException {
    if (advances.isEmpty()) {
      return advances;
    }
    int before = epochs.size();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(new Columns<>(statement, advances));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          epochs.put(new DeviceId(row.getLong(1)), new Epoch(row.getLong(2), row.getLong(3)));
        }
      }
    }
    return epochs.size() - before == advances.size()
        ? List.of()
        : advances.stream().filter(a -> !epochs.containsKey(new DeviceId(a.device))).toList();
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
    columns.doublesOrNull(Advance.before(MeterRecord::reading));
    columns.times(Advance.before(r -> Instant.ofEpochSecond(r.moduleTime())));
    columns.longsOrNull(Advance.before(MeterRecord::recordNumber));
  }

  private static Stream<String> columns(String names) {
    return Arrays.stream(names.split(" "));
  }

  private static boolean time(String column) {
    return column.endsWith("_at") || column.endsWith("_time");
  }

  /** New values where they are newer, the old ones elsewhere. */
  private static String forward(String source) {
    return String.join(
        ",\n  ",
        forward(source, SESSION, source + ".session_id >= s.session_id"),
        forward(source, CONTACT, newer(source, "module_time", "record_number")),
        forward(source, READING, newer(source, "reading_module_time", "reading_record_number")),
        before(source));
  }

  /**
   * The second of what the row and the batch know of: their newest and the ones before. Late
   * records come between; a record that came again is nobody's predecessor.
   */
  private static String before(String source) {
    String first = source + ".reading_module_time";
    String same =
        "(%1$s.reading_module_time, %1$s.reading_record_number)".formatted(source)
            + " = (s.reading_module_time, s.reading_record_number)";
    return columns(BEFORE)
        .map(
            c ->
                """
                %1$s = case when %2$s is null then s.%1$s
                  when %3$s then %4$s
                  when %5$s then %6$s
                  else %7$s end\
                """
                    .formatted(
                        c,
                        first,
                        newer(source, "reading_module_time", "reading_record_number"),
                        later(c, source + ".before", "s.reading"),
                        same,
                        later(c, source + ".before", "s.before"),
                        later(c, source + ".reading", "s.before")))
        .collect(Collectors.joining(",\n  "));
  }

  /** A column of the later one of two: of the row's if there is no other. */
  private static String later(String column, String other, String own) {
    return "case when %1$s_module_time is not null and (%2$s_module_time is null or (%1$s_module_time, %1$s_record_number) > (%2$s_module_time, %2$s_record_number)) then %3$s else %4$s end"
        .formatted(other, own, value(column, other), value(column, own));
  }

  /** What the column keeps, of one of the four: {@code s.before_reading} is that of s.before. */
  private static String value(String column, String of) {
    String suffix = column.substring("before".length());
    return suffix.equals("_reading") && of.endsWith(".reading") ? of : of + suffix;
  }

  private static String forward(String source, String names, String condition) {
    return columns(names)
        .map(
            c ->
                "%1$s = case when %2$s then %3$s.%1$s else s.%1$s end"
                    .formatted(c, condition, source))
        .collect(Collectors.joining(",\n  "));
  }

  private static String newer(String source, String time, String number) {
    return "%1$s.%2$s is not null and (s.%2$s is null or (%1$s.%2$s, %1$s.%3$s) > (s.%2$s, s.%3$s))"
        .formatted(source, time, number);
  }
}
