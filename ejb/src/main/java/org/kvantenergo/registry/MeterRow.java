package org.kvantenergo.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.kvantenergo.shared.DeviceId;

/**
 * A meter and what held for it at one moment.
 *
 * @param meter the meter
 * @param placed where it stood; null if nowhere
 * @param fitted the device on it; null if there was none
 * @param verified its newest verification before the end of that day; null if there was none
 * @param seals numbers of its seals, in order
 * @param accounts whose its site was, in order of their numbers
 */
public record MeterRow(
    Meter meter,
    Placed placed,
    Fitted fitted,
    Verified verified,
    List<String> seals,
    List<Held> accounts) {

  /**
   * Where a meter stands.
   *
   * @param site the site
   * @param kind what that is; a meter of a house is the building's
   * @param address of the site, from the top down
   * @param zone in which the days of the site begin
   * @param place which one of several at the site; empty where there is one
   * @param since when it was put there
   */
  public record Placed(
      SiteId site, SiteKind kind, String address, ZoneId zone, String place, Instant since) {}

  /**
   * The device on a meter.
   *
   * @param device which one
   * @param serial 1..10^15-1
   * @param imei 0 = none
   * @param since when it was fitted
   */
  public record Fitted(DeviceId device, long serial, long imei, Instant since) {}

  /**
   * A verification.
   *
   * @param doneOn the day on which it was done, the first on which it is valid
   * @param dueOn the first day on which it is no longer valid
   */
  public record Verified(LocalDate doneOn, LocalDate dueOn) {}

  /**
   * A consumer account at a site.
   *
   * @param number of the account
   * @param holder name of the consumer, empty if not known
   * @param since the first day
   */
  public record Held(String number, String holder, LocalDate since) {}
}
