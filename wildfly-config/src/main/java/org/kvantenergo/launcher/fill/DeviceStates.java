package org.kvantenergo.launcher.fill;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The current state of the modules, moved forward to the newest of the records that were made. */
final class DeviceStates {
  /** The newest records, in a table like the archive. */
  static final String NEWEST = "fill_newest";

  /** Those of the hour before, as far as there are any. */
  static final String BEFORE = "fill_before";

  /** Rows of one commit: a module that reports meanwhile waits for no longer than these take. */
  private static final int CHUNK = 20_000;

  private static final String CONTACT =
      "module_time record_number received_at meter_time resource temperature battery"
          + " measurement_errors temperature_errors control_errors calibration_errors"
          + " hardware_errors status rssi band period_minutes sessions_total sessions_day";

  private static final String UPSERT =
      """
      insert into device_state as s (device_id, session_id, protocol, model, iccid, last_contact_at,
        reading, reading_module_time, reading_record_number, before_reading, before_module_time,
        before_record_number, %s)
      select f.device_id, f.session_id, 5, f.model, f.iccid, r.received_at, r.reading, r.module_time,
        r.record_number, b.reading, b.module_time, b.record_number, %s
      from fill_device f
      join fill_newest r on r.device_id = f.device_id
      left join fill_before b on b.device_id = f.device_id
      where f.n between %%d and %%d
      order by f.device_id
      on conflict (device_id) do update set
        last_contact_at = greatest(excluded.last_contact_at, s.last_contact_at),
        %s,
        %s,
        %s
      """
          .formatted(
              CONTACT.replace(" ", ", "),
              Arrays.stream(CONTACT.split(" "))
                  .map(c -> "r." + c)
                  .collect(Collectors.joining(", ")),
              forward(CONTACT, "module_time", "record_number"),
              forward(
                  "reading reading_module_time reading_record_number",
                  "reading_module_time",
                  "reading_record_number"),
              before());

  private DeviceStates() {}

  /** Moves all of them; a second time changes nothing. Commits, chunk by chunk. */
  static void advance(Connection connection, int devices) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int n = 1; n <= devices; n += CHUNK) {
        statement.execute(UPSERT.formatted(n, n + CHUNK - 1));
        connection.commit();
      }
    }
  }

  /** Of the two readings that there are beside the current one the later one. */
  private static String before() {
    return Arrays.stream("reading module_time record_number".split(" "))
        .map(
            c ->
                "before_%1$s = case when %2$s then %3$s else %4$s end"
                    .formatted(
                        c,
                        newer("excluded.reading", "s.reading"),
                        later(c, "excluded.before", "s.reading"),
                        later(c, "s.before", "excluded.reading")))
        .collect(Collectors.joining(",\n  "));
  }

  private static String later(String column, String one, String other) {
    return "case when %s then %s else %s end"
        .formatted(newer(one, other), value(column, one), value(column, other));
  }

  private static String newer(String one, String other) {
    return "%1$s_module_time is not null and (%2$s_module_time is null or".formatted(one, other)
        + " (%1$s_module_time, %1$s_record_number) > (%2$s_module_time, %2$s_record_number))"
            .formatted(one, other);
  }

  private static String value(String column, String of) {
    return column.equals("reading") && of.endsWith(".reading") ? of : of + "_" + column;
  }

  /** New values where they are newer, the old ones elsewhere. */
  private static String forward(String columns, String time, String number) {
    String newer =
        "s.%1$s is null or (excluded.%1$s, excluded.%2$s) > (s.%1$s, s.%2$s)"
            .formatted(time, number);
    return Arrays.stream(columns.split(" "))
        .map(c -> c + " = case when " + newer + " then excluded." + c + " else s." + c + " end")
        .collect(Collectors.joining(",\n  "));
  }
}
