package org.kvantenergo.device.internal;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.kvantenergo.device.DeviceOrder;

/** Orders as SQL over the same rows as {@link Conditions}, {@code d} and the group {@code g}. */
final class Orders {

  private Orders() {}

  /** Columns k0, k1 and so on: what is compared, null where a device lacks it. */
  static String keys(DeviceOrder order, String base) {
    return each(order, i -> column(order.keys().get(i).key(), base) + " as k" + i);
  }

  /** What stands after "order by", over these columns and the id. */
  static String by(DeviceOrder order) {
    return each(
            order,
            i -> "k" + i + (order.keys().get(i).ascending() ? " asc" : " desc") + " nulls last")
        + ", id";
  }

  /** The same by the first key alone. */
  static String first(DeviceOrder order) {
    return "k0" + (order.ascending() ? " asc" : " desc") + " nulls last";
  }

  /** Something for each key, with commas. */
  static String each(DeviceOrder order, IntFunction<String> text) {
    return IntStream.range(0, order.keys().size()).mapToObj(text).collect(Collectors.joining(", "));
  }

  /** The tables beside {@code s} that the keys need; empty if none. */
  static String joins(DeviceOrder order, String base) {
    List<DeviceOrder.Key> keys = order.keys().stream().map(DeviceOrder.By::key).toList();
    boolean registry =
        base.equals("s")
            && (keys.contains(DeviceOrder.Key.IMEI) || keys.contains(DeviceOrder.Key.COMMENT));
    return (registry ? " join device d on d.id = s.device_id" : "")
        + (keys.contains(DeviceOrder.Key.GROUP)
            ? " left join device_group g on g.id = " + base + ".group_id"
            : "");
  }

  /** How the database calls what is compared. */
  static String type(DeviceOrder.Key key) {
    return switch (key) {
      case IMEI, SERIAL, SESSIONS, IDX -> "bigint";
      case READING -> "float8";
      case RESOURCE, TEMPERATURE, BATTERY -> "real";
      case RECEIVED, MODULE_TIME, METER_TIME, COMMISSIONED -> "timestamptz";
      case MEASUREMENT_ERRORS,
          TEMPERATURE_ERRORS,
          CONTROL_ERRORS,
          CALIBRATION_ERRORS,
          HARDWARE_ERRORS,
          PERIOD,
          SESSIONS_DAY,
          MODEL,
          DAYS,
          STATUS ->
          "int";
      case RSSI, BAND, PROTOCOL -> "smallint";
      case COMMENT, ICCID, GROUP -> "text";
    };
  }

  private static String column(DeviceOrder.Key key, String base) {
    return switch (key) {
      case IMEI -> "nullif(d.imei, 0)";
      case SERIAL -> base + ".serial";
      case READING -> "s.reading";
      case RESOURCE -> number("s.resource");
      case RECEIVED -> "s.received_at";
      case MODULE_TIME -> "s.module_time";
      case METER_TIME -> "s.meter_time";
      case MEASUREMENT_ERRORS -> "s.measurement_errors";
      case TEMPERATURE_ERRORS -> "s.temperature_errors";
      case CONTROL_ERRORS -> "s.control_errors";
      case CALIBRATION_ERRORS -> "s.calibration_errors";
      case HARDWARE_ERRORS -> "s.hardware_errors";
      case TEMPERATURE -> number("s.temperature");
      case BATTERY -> number("s.battery");
      case RSSI -> "s.rssi";
      case PERIOD -> "s.period_minutes";
      case BAND -> "nullif(s.band, 0::smallint)";
      case SESSIONS -> "s.sessions_total";
      case SESSIONS_DAY -> "s.sessions_day";
      case PROTOCOL -> "nullif(s.protocol, 0::smallint)";
      case MODEL -> "nullif(" + Conditions.model(base) + ", 0)";
      case DAYS -> Conditions.days(base);
      case COMMISSIONED -> base + ".commissioned_at";
      case COMMENT -> "nullif(lower(d.comment), '')";
      case ICCID -> "nullif(s.iccid, '')";
      case STATUS -> "s.status";
      case IDX -> base.equals("s") ? "s.device_id" : "d.id";
      case GROUP -> "g.name";
    };
  }

  private static String number(String column) {
    return "nullif(" + column + ", 'NaN')";
  }
}
