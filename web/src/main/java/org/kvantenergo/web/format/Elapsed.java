package org.kvantenergo.web.format;

import java.time.Duration;
import java.util.ResourceBundle;

/** A length of time as people say it: «58 мин», «6 ч», «3 сут». */
public final class Elapsed {

  /** From here on the bigger unit is exact enough. */
  private static final int FEW = 2;

  private static final int MINUTES_OF_HOUR = 60;
  private static final int MINUTES_OF_DAY = 1440;

  private Elapsed() {}

  /**
   * In whole minutes, hours or days, rounded.
   *
   * @param length not negative
   * @param texts has the units
   */
  public static String text(Duration length, Numbers numbers, ResourceBundle texts) {
    long minutes = Math.round(length.toSeconds() / 60.0);
    if (minutes < FEW * MINUTES_OF_HOUR) {
      return numbers.whole(minutes) + " " + texts.getString("unit.min");
    }
    return minutes < FEW * MINUTES_OF_DAY
        ? whole(minutes, MINUTES_OF_HOUR, numbers) + " " + texts.getString("unit.h")
        : whole(minutes, MINUTES_OF_DAY, numbers) + " " + texts.getString("unit.d");
  }

  private static String whole(long minutes, int unit, Numbers numbers) {
    return numbers.whole(Math.round(minutes / (double) unit));
  }
}
