package org.kvantenergo.device;

import java.time.Instant;

/**
 * Which devices the registry lists.
 *
 * @param which by their state
 * @param kind null = any
 * @param digits 0..15 digits: a serial number or IMEI, or how one begins; empty = any
 * @param model u16, of the registry or as reported; null = any
 * @param heard whether {@code since} asks for those heard since then or for those not heard since
 * @param since null = whenever, never heard ones too
 */
public record DeviceSearch(
    Which which, DeviceRow.Kind kind, String digits, Integer model, boolean heard, Instant since) {

  /** Checks that there are digits only. */
  public DeviceSearch {
    if (!digits.matches("[0-9]{0,15}")) {
      throw new IllegalArgumentException("0 to 15 digits expected");
    }
  }

  /** By what they are listed. */
  public enum Which {
    /** Not registered. */
    UNREGISTERED,
    /** Of these: who reports under a part of a registered identity, and nobody has looked at it. */
    SWAPPED,
    /** Registered, not blocked. */
    REGISTERED,
    /** Blocked. */
    BLOCKED,
    /** Replaced by another device. */
    RETIRED
  }

  /** All of a state. */
  public static DeviceSearch of(Which which) {
    return new DeviceSearch(which, null, "", null, true, null);
  }
}
