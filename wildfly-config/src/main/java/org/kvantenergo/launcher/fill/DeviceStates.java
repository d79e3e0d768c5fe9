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

  /** Rows of one commit: a module that reports meanwhile waits for no longer than these take. */
  private static final int CHUNK = 20_000;

  private static final String CONTACT =
      "module_time record_number received_at meter_time resource temperature battery"
          + " measurement_errors temperature_errors control_errors calibration_errors"
          + " hardware_errors status rssi band period_minutes sessions_total sessions_day";

  private static final String UPSERT =
      """
      insert into device_state as s (device_id, session_id, protocol, model, iccid, last_contact_at,
        reading, reading_module_time, reading_record_number, %s)
      select f.device_id, f.session_id, 5, f.model, f.iccid, r.received_at, r.reading, r.module_time,
        r.record_number, %s
      from fill_device f join fill_newest r on r.device_id = f.device_id
      where f.n between %%d and %%d
      order by f.device_id
      on conflict (device_id) do update set
        last_contact_at = greatest(excluded.last_contact_at, s.last_contact_at),
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
                  "reading_record_number"));

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
