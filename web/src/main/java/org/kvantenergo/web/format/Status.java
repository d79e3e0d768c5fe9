package org.kvantenergo.web.format;

import java.util.ArrayList;
import java.util.List;

/**
 * The status word with what its bits mean (protocol, "Status bits").
 *
 * @param word u16 as sent
 * @param quiet key of the quiet word, empty if there is none
 * @param alerts keys of the words that ask for attention
 * @param others names of further bits
 */
public record Status(int word, String quiet, List<String> alerts, List<String> others) {

  private static final int VALID = 1;
  private static final int MEASUREMENT_ERROR = 1 << 10;
  private static final int SLICE = 1 << 12;
  private static final int INSTANT = 1 << 13;
  private static final int OPEN = 1 << 14;

  /** Reads the bits. */
  public static Status of(int word) {
    return of(word, List.of());
  }

  /** The same, with the names of further bits. */
  public static Status of(int word, List<String> others) {
    List<String> alerts = new ArrayList<>();
    if ((word & VALID) == 0) {
      alerts.add("status.noReading");
    }
    if ((word & MEASUREMENT_ERROR) != 0) {
      alerts.add("status.error");
    }
    if ((word & OPEN) != 0) {
      alerts.add("status.open");
    }
    String quiet =
        (word & SLICE) != 0 ? "status.slice" : (word & INSTANT) != 0 ? "status.instant" : "";
    return new Status(word, quiet, List.copyOf(alerts), List.copyOf(others));
  }

  /** Whether the reading field means anything. */
  public boolean valid() {
    return (word & VALID) != 0;
  }

  /** Whether it is a scheduled slice, of the beginning of its period. */
  public boolean slice() {
    return (word & SLICE) != 0;
  }

  /** Whether the module is in the technological mode. */
  public boolean open() {
    return (word & OPEN) != 0;
  }
}
