package org.kvantenergo.registry;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * All that ever held for a meter, each list newest first.
 *
 * @param places where it stood
 * @param devices which devices were on it
 * @param verifications its verifications
 * @param seals its seals
 */
public record MeterHistory(
    List<Place> places,
    List<Device> devices,
    List<MeterRow.Verified> verifications,
    List<Seal> seals) {

  /**
   * A place.
   *
   * @param placed where, and from when
   * @param until until when, exclusive; null: it still stands there
   * @param first what it showed when it came, in the unit of its resource; null if not known
   * @param last what it showed when it went; null if not known
   */
  public record Place(MeterRow.Placed placed, Instant until, BigDecimal first, BigDecimal last) {}

  /**
   * A device.
   *
   * @param fitted which, and from when
   * @param until until when, exclusive; null: it is still there
   */
  public record Device(MeterRow.Fitted fitted, Instant until) {}

  /**
   * A seal.
   *
   * @param number of the seal
   * @param since from when
   * @param until until when, exclusive; null: it is still there
   */
  public record Seal(String number, Instant since, Instant until) {}
}
