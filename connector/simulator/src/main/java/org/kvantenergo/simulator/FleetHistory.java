package org.kvantenergo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.kvantenergo.wire.packet.Reading;

/**
 * What a module of a fleet would have recorded if it had always reported, in its slot after every
 * hour: a fleet that reports afterwards goes on from there. One thread at a time.
 */
public final class FleetHistory {

  /** By then every module of a fleet is installed. */
  public static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualMeter meter;
  private final long slotMillis;

  /** Of this module. */
  public FleetHistory(ModuleIdentity module) {
    meter = new VirtualMeter(module.name());
    SplittableRandom random = new SplittableRandom(module.name());
    random.nextDouble(); // whether a fleet gives it a wrong clock; history has right ones
    slotMillis = Fleet.slotMillis(random);
  }

  /**
   * The slice of an hour, with everything going well.
   *
   * @param hour a full hour, {@link #BEGIN} or later, and later than that of the call before
   */
  public Reading slice(Instant hour) {
    Instant made = hour.plusMillis(slotMillis);
    return meter.read(made, made.getEpochSecond(), hour, HOUR, VirtualMeter.SLICE);
  }
}
