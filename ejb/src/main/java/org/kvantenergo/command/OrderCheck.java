package org.kvantenergo.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.kvantenergo.shared.DeviceId;

/**
 * What an order would come to if it were sent now.
 *
 * @param faults what is wrong with it; empty if it can be sent
 * @param counts how many devices come to what; those with 0 are left out. QUEUED counts all that
 *     are queued, REPLACES, LOCKED and AFTER_SENT parts of them.
 * @param samples a few devices of each but QUEUED
 * @param wake when those that are queued are expected
 * @param password whether sending asks for the password again
 * @param secondPerson whether it will wait for somebody else's approval
 */
public record OrderCheck(
    List<OrderFault> faults,
    Map<Fate, Long> counts,
    List<Sample> samples,
    WakeTimes wake,
    boolean password,
    boolean secondPerson) {

  /** Most samples of one fate. */
  public static final int SAMPLES = 20;

  /** Keeps copies of its own. */
  public OrderCheck {
    faults = List.copyOf(faults);
    counts = Map.copyOf(counts);
    samples = List.copyOf(samples);
  }

  /** How many devices come to something. */
  public long count(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }

  /**
   * A device.
   *
   * @param fate what it comes to
   * @param asked the number or id by which it was asked for
   * @param device null if it is UNKNOWN
   * @param serial 0 if it is UNKNOWN
   */
  public record Sample(Fate fate, String asked, DeviceId device, long serial) {}

  /**
   * When devices are expected: as many of their own periods after their newest record as lie behind
   * now.
   *
   * @param first the first of them; null if none is expected
   * @param last the last of them; likewise
   * @param buckets in order; without those that have no device
   * @param overdue devices that are silent for more than one and a half of their periods, not in
   *     the buckets
   * @param unknown devices whose period is not known, not in the buckets
   */
  public record WakeTimes(
      Instant first, Instant last, List<Bucket> buckets, long overdue, long unknown) {

    /** Nobody is expected. */
    public static final WakeTimes NONE = new WakeTimes(null, null, List.of(), 0, 0);

    /** Keeps its own list. */
    public WakeTimes {
      buckets = List.copyOf(buckets);
    }
  }

  /**
   * Devices that are expected within a time, and not within the one of the bucket before.
   *
   * @param within from now on; null in the last: later than all others
   * @param devices 1 or more
   */
  public record Bucket(Duration within, long devices) {}
}
