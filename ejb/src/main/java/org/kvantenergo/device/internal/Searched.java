package org.kvantenergo.device.internal;

import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.device.DeviceSearch;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.Scope;

/**
 * A search over {@code device d} and its state {@code s} as SQL.
 *
 * @param condition with places for the values
 * @param values in their order
 */
record Searched(String condition, List<Object> values) {

  /**
   * IMEIs are shown with 15 digits, serial numbers with 12 or, where they have more, with these.
   */
  private static final int IMEI_DIGITS = 15;

  private static final int SERIAL_DIGITS = 12;

  /** Somebody registered has the serial number or the IMEI. */
  static final String HELD =
      """
      (exists (select from device o where o.state in ('REGISTERED', 'BLOCKED') and o.serial = d.serial)
        or exists (select from device o
          where o.state in ('REGISTERED', 'BLOCKED') and o.imei <> 0 and o.imei = d.imei))
      """;

  static Searched of(Scope scope, DeviceSearch search) {
    List<String> parts = new ArrayList<>(List.of(state(search.which()), VisibleDevice.seen(scope)));
    List<Object> values = new ArrayList<>();
    if (search.kind() != null) {
      parts.add("d.kind = ?");
      values.add(search.kind().name());
    }
    if (search.model() != null) {
      parts.add("(d.model = ? or s.model = ?)");
      values.addAll(List.of(search.model(), search.model()));
    }
    if (search.since() != null) {
      parts.add(
          search.heard()
              ? "s.last_contact_at >= ?"
              : "coalesce(s.last_contact_at, '-infinity') < ?");
      values.add(search.since());
    }
    if (!search.digits().isEmpty()) {
      parts.add("(" + String.join(" or ", digits(search.digits(), values)) + ")");
    }
    return new Searched(String.join(" and ", parts), values);
  }

  private static String state(DeviceSearch.Which which) {
    return switch (which) {
      case UNREGISTERED -> "d.state = 'UNREGISTERED'";
      case SWAPPED -> "d.state = 'UNREGISTERED' and d.apart_since is null and " + HELD;
      case REGISTERED -> "d.state = 'REGISTERED'";
      case BLOCKED -> "d.state = 'BLOCKED'";
      case RETIRED -> "d.state = 'RETIRED'";
    };
  }

  /** The number itself, or a range for each length that a number so begun can have. */
  private static List<String> digits(String digits, List<Object> values) {
    long number = Long.parseLong(digits);
    List<String> ways = new ArrayList<>(List.of("d.serial = ?", "d.imei = ?"));
    values.addAll(List.of(number, number));
    for (int length = Math.max(SERIAL_DIGITS, digits.length() + 1);
        length <= IMEI_DIGITS;
        length++) {
      boolean shown = length == SERIAL_DIGITS || digits.charAt(0) != '0';
      if (shown) {
        ways.add(range("d.serial", number, length - digits.length(), values));
      }
    }
    if (digits.length() < IMEI_DIGITS) {
      ways.add(range("d.imei", number, IMEI_DIGITS - digits.length(), values));
    }
    return ways;
  }

  private static String range(String column, long number, int more, List<Object> values) {
    long width = 1;
    for (int i = 0; i < more; i++) {
      width *= 10;
    }
    // IMEI 0 is none, and begins like nothing.
    values.addAll(List.of(Math.max(1, number * width), number * width + width - 1));
    return column + " between ? and ?";
  }
}
