package org.kvantenergo.device.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.ErrorMasks;
import org.kvantenergo.shared.DeviceId;

/** From a row of the query to a row of the table. */
final class DeviceRows {

  private DeviceRows() {}

  static DeviceRow row(ResultSet r) throws SQLException {
    boolean reported = r.getObject("session_id") != null;
    Instant commissioned = time(r, "commissioned_at");
    DeviceRow.Contact contact = contact(r);
    Double reading = r.getObject("reading", Double.class);
    return new DeviceRow(
        new DeviceId(r.getLong("id")),
        r.getLong("imei"),
        r.getLong("serial"),
        DeviceRow.Kind.valueOf(r.getString("kind")),
        DeviceRow.State.valueOf(r.getString("state")),
        text(r, "group_name"),
        text(r, "comment"),
        text(r, "iccid"),
        r.getInt("protocol"),
        reported && r.getInt("model") != 0 ? r.getInt("model") : r.getInt("registry_model"),
        commissioned,
        commissioned == null || contact == null
            ? null
            : ChronoUnit.DAYS.between(commissioned, contact.receivedAt()),
        contact,
        reading,
        r.getBoolean("fell"),
        swap(r));
  }

  private static DeviceRow.Contact contact(ResultSet r) throws SQLException {
    Instant moduleTime = time(r, "module_time");
    if (moduleTime == null) {
      return null;
    }
    return new DeviceRow.Contact(
        time(r, "received_at"),
        moduleTime,
        time(r, "meter_time"),
        r.getFloat("resource"),
        r.getFloat("temperature"),
        r.getFloat("battery"),
        new ErrorMasks(
            r.getInt("measurement_errors"),
            r.getInt("temperature_errors"),
            r.getInt("control_errors"),
            r.getInt("calibration_errors"),
            r.getInt("hardware_errors")),
        r.getInt("status"),
        r.getInt("rssi"),
        r.getInt("band"),
        r.getInt("period_minutes"),
        r.getLong("sessions_total"),
        r.getInt("sessions_day"));
  }

  private static DeviceRow.Swap swap(ResultSet r) throws SQLException {
    DeviceRow.Holder imei = holder(r, "by_imei");
    DeviceRow.Holder serial = holder(r, "by_serial");
    return imei == null && serial == null ? null : new DeviceRow.Swap(imei, serial);
  }

  private static DeviceRow.Holder holder(ResultSet r, String by) throws SQLException {
    String kind = r.getString(by + "_kind");
    return kind == null
        ? null
        : new DeviceRow.Holder(
            DeviceRow.Kind.valueOf(kind), r.getLong(by + "_imei"), r.getLong(by + "_serial"));
  }

  private static String text(ResultSet r, String column) throws SQLException {
    String text = r.getString(column);
    return text == null ? "" : text;
  }

  private static Instant time(ResultSet r, String column) throws SQLException {
    OffsetDateTime time = r.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
