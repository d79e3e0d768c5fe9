package org.kvantenergo.registry.internal;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.registry.DeviceHistory;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.MeterHistory;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.MeterRow;
import org.kvantenergo.registry.Resource;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.shared.DeviceId;

/** From rows of the queries to values. */
final class MeterRows {

  private MeterRows() {}

  static MeterRow row(ResultSet r) throws SQLException {
    return new MeterRow(
        meter(r),
        r.getString("address") == null ? null : placed(r),
        r.getObject("device_id") == null ? null : fitted(r),
        r.getString("done_on") == null ? null : verified(r),
        List.of(texts(r.getArray("seals"))),
        accounts(r));
  }

  static Meter meter(ResultSet r) throws SQLException {
    return new Meter(
        new MeterId(r.getLong("id")),
        Resource.valueOf(r.getString("resource")),
        r.getString("type"),
        r.getString("serial"),
        r.getBigDecimal("capacity"),
        r.getObject("diameter", Integer.class),
        r.getInt("version"));
  }

  static MeterHistory.Place place(ResultSet r) throws SQLException {
    return new MeterHistory.Place(
        placed(r),
        time(r, "until"),
        r.getBigDecimal("first_reading"),
        r.getBigDecimal("last_reading"));
  }

  static DeviceHistory carrier(ResultSet r) throws SQLException {
    String address = r.getString("address");
    return new DeviceHistory(
        meter(r),
        address == null ? "" : address,
        address == null ? null : ZoneId.of(r.getString("zone")),
        time(r, "since"),
        time(r, "until"));
  }

  static MeterHistory.Device device(ResultSet r) throws SQLException {
    return new MeterHistory.Device(fitted(r), time(r, "until"));
  }

  static MeterHistory.Seal seal(ResultSet r) throws SQLException {
    return new MeterHistory.Seal(r.getString("number"), time(r, "since"), time(r, "until"));
  }

  static MeterRow.Verified verified(ResultSet r) throws SQLException {
    return new MeterRow.Verified(
        r.getObject("done_on", LocalDate.class), r.getObject("due_on", LocalDate.class));
  }

  private static MeterRow.Placed placed(ResultSet r) throws SQLException {
    return new MeterRow.Placed(
        new SiteId(r.getLong("site_id")),
        SiteKind.valueOf(r.getString("kind")),
        r.getString("address"),
        ZoneId.of(r.getString("zone")),
        r.getString("place"),
        time(r, "placed_since"));
  }

  private static MeterRow.Fitted fitted(ResultSet r) throws SQLException {
    return new MeterRow.Fitted(
        new DeviceId(r.getLong("device_id")),
        r.getLong("device_serial"),
        r.getLong("imei"),
        time(r, "fitted_since"));
  }

  private static List<MeterRow.Held> accounts(ResultSet r) throws SQLException {
    String[] numbers = texts(r.getArray("numbers"));
    String[] holders = texts(r.getArray("holders"));
    String[] since = texts(r.getArray("since"));
    List<MeterRow.Held> held = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      held.add(new MeterRow.Held(numbers[i], holders[i], LocalDate.parse(since[i])));
    }
    return List.copyOf(held);
  }

  private static String[] texts(Array array) throws SQLException {
    return array == null ? new String[0] : (String[]) array.getArray();
  }

  private static Instant time(ResultSet r, String column) throws SQLException {
    OffsetDateTime time = r.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
