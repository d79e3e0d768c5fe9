package org.kvantenergo.web.monitoring;

import java.util.List;
import org.kvantenergo.device.Condition;
import org.kvantenergo.device.FilterText;
import org.kvantenergo.device.FleetCounts;
import org.kvantenergo.device.Thresholds;

/**
 * A quick filter with its number.
 *
 * @param name last part of its texts' keys
 * @param term as in an address
 * @param icon of it
 * @param tone style class while there are any
 */
public record Quick(String name, String term, String icon, String tone) {

  /** In the order of the filter bar. */
  static final List<Quick> ALL =
      List.of(
          quick("silent", new Condition.Silent(Thresholds.SILENT_PERIODS), "sil", "da"),
          quick("errors", new Condition.Errors(), "err", "wa"),
          quick("battery", battery(), "bat", "wa"),
          quick("open", new Condition.Open(), "unl", "op"),
          quick("drift", new Condition.Drift(), "clk", "wa"),
          quick("fell", new Condition.Fell(), "fell", "wa"));

  private static Quick quick(String name, Condition condition, String icon, String tone) {
    return new Quick(name, FilterText.term(condition), icon, tone);
  }

  private static Condition battery() {
    double low = Double.parseDouble(Float.toString(Thresholds.BATTERY_LOW));
    return new Condition.Range(Condition.Measure.BATTERY, null, low);
  }

  /** How many devices show the sign. */
  public long of(FleetCounts counts) {
    if (counts == null) {
      return 0;
    }
    return switch (name) {
      case "silent" -> counts.silent();
      case "errors" -> counts.errors();
      case "battery" -> counts.battery();
      case "open" -> counts.open();
      case "drift" -> counts.drift();
      case "fell" -> counts.fell();
      default -> throw new IllegalStateException(name);
    };
  }
}
