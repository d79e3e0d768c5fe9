package org.kvantenergo.device.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.device.DeviceOrder;

/**
 * A row in an order, and what stands before and after it, as SQL over {@code l.k0}, {@code l.k1}
 * and so on and {@code l.id}. Each condition may be unknown instead of false.
 *
 * @param keys its values: moments as they are, all others as text; null where it lacks one
 * @param id ties go by it
 */
record Bound(DeviceOrder order, List<Object> keys, long id) {

  private static final String TIME = "timestamptz";

  /** The columns that {@link #of} reads. */
  static String columns(DeviceOrder order) {
    return ", "
        + Orders.each(
            order, i -> "l.k%1$d%2$s as k%1$d".formatted(i, time(order, i) ? "" : "::text"));
  }

  /** From a row with its id and these columns. */
  static Bound of(DeviceOrder order, ResultSet row) throws SQLException {
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < order.keys().size(); i++) {
      keys.add(
          time(order, i)
              ? row.getObject("k" + i, OffsetDateTime.class)
              : (Object) row.getString("k" + i));
    }
    return new Bound(order, keys, row.getLong("id"));
  }

  private static boolean time(DeviceOrder order, int i) {
    return Orders.type(order.keys().get(i).key()).equals(TIME);
  }

  /** Rows that stand before it. */
  String before(List<Object> values) {
    return side(0, true, values);
  }

  /** Rows that stand after it. */
  String after(List<Object> values) {
    return side(0, false, values);
  }

  /** Rows whose first key is before its own; it has one. */
  String well(List<Object> values) {
    return first(true, "", values);
  }

  /** Rows whose first key is its own or lies behind it. */
  String from(List<Object> values) {
    return first(false, "=", values);
  }

  /** Rows whose first key is its own or lies before it. */
  String upTo(List<Object> values) {
    return first(true, "=", values);
  }

  private String first(boolean before, String or, List<Object> values) {
    boolean less = before == order.keys().get(0).ascending();
    return place("l.k0 " + (less ? "<" : ">") + or + " ", 0, values);
  }

  private String side(int i, boolean before, List<Object> values) {
    if (i == keys.size()) {
      return "l.id " + (before ? "< " : "> ") + id;
    }
    String beyond = beyond(i, before, values);
    String equal = place("l.k" + i + " = ", i, values);
    return "(%s or %s and %s)".formatted(beyond, equal, side(i + 1, before, values));
  }

  /** Nulls come last: all others stand before one, and nothing but ties after it. */
  private String beyond(int i, boolean before, List<Object> values) {
    if (keys.get(i) == null) {
      return before ? "l.k" + i + " is not null" : "false";
    }
    boolean less = before == order.keys().get(i).ascending();
    String compared = place("l.k" + i + (less ? " < " : " > "), i, values);
    return before ? compared : "(" + compared + " or l.k" + i + " is null)";
  }

  private String place(String compare, int i, List<Object> values) {
    if (keys.get(i) == null) {
      return "l.k" + i + " is null";
    }
    values.add(keys.get(i));
    // A text that became a moment would become one anew for each row.
    return compare + (time(order, i) ? "?" : "?::text::" + Orders.type(order.keys().get(i).key()));
  }
}
