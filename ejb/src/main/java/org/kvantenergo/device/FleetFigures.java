package org.kvantenergo.device;

import java.time.Instant;
import java.util.List;
import org.kvantenergo.shared.GroupId;

/**
 * The fleet at a moment. Each number is that of the rows which the upper table shows under the
 * filter beside it, where one is named.
 *
 * @param at when it was read
 * @param hour beginning of the hour that {@code at} lies in
 * @param modules registered devices, all kinds
 * @param reported of these, whose last packet came in this hour: {@code received:hour..}
 * @param due of these, who were to report in this hour: whoever has, and of those that are not
 *     blocked whoever's own period ends before the hour does, counted from the last packet. A
 *     device that never reported, or reported the period 0, has none and is not due
 * @param silent whose last packet is older than two of their own periods: {@code silent:2}
 * @param errors with any bit of the five masks: {@code errors}
 * @param open in the technological mode: {@code open}
 * @param never that never sent a record
 * @param hours the last 24, the oldest first; the last is {@code hour}
 * @param burst each second of the minute before the hour and of its first four in which a last
 *     packet came, in their order
 * @param groups in which devices are, by id; devices without a group last
 * @param bits the set error bits, the most frequent first
 * @param battery voltage in bins that leave nothing out, the lowest first
 * @param rssi signal in bins that leave nothing out, the weakest first
 */
public record FleetFigures(
    Instant at,
    Instant hour,
    long modules,
    long reported,
    long due,
    long silent,
    long errors,
    long open,
    long never,
    List<Hour> hours,
    List<Second> burst,
    List<Group> groups,
    List<Bit> bits,
    List<Bin> battery,
    List<Bin> rssi) {

  /**
   * An hour.
   *
   * @param from its beginning
   * @param reported devices that reported in it; null while that has not been counted, which is
   *     done within two minutes after its end
   * @param last of these, those not heard since: {@code received:from..from+1h}
   */
  public record Hour(Instant from, Long reported, long last) {}

  /**
   * A second.
   *
   * @param from its beginning
   * @param modules whose last packet came in it: {@code received:from..from+1s}
   */
  public record Second(Instant from, long modules) {}

  /**
   * A group.
   *
   * @param id null = devices without a group
   * @param modules how many it holds
   * @param silent of these, as above
   */
  public record Group(GroupId id, long modules, long silent) {}

  /**
   * An error bit.
   *
   * @param mask of which mask
   * @param bit 0..15
   * @param modules in whose newest record it is set: {@code bit:MASK.bit}
   */
  public record Bit(ErrorKind mask, int bit, long modules) {}

  /**
   * A bin of a distribution.
   *
   * @param from lower end, as the filter names it; empty = none
   * @param to upper end, as the filter names it; empty = none
   * @param modules within, of those that reported
   */
  public record Bin(String from, String to, long modules) {}
}
