package org.kvantenergo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A module of a fleet: makes its records when they are due. On its event loop alone. */
final class FleetModule {

  /** A module that was cut off keeps so many slices; older ones are lost. */
  private static final int MOST_MISSED = 200;

  private final Simulation simulation;
  private final Sender sender;
  private final VirtualMeter meter;
  private final Fleet.Plan plan;
  private final long slotMillis;
  private long hourMade;
  private int made;
  private volatile boolean allMade;

  FleetModule(
      Simulation simulation, Sender sender, VirtualMeter meter, Fleet.Plan plan, long slotMillis) {
    this.simulation = simulation;
    this.sender = sender;
    this.meter = meter;
    this.plan = plan;
    this.slotMillis = slotMillis;
  }

  Sender sender() {
    return sender;
  }

  /** The first report comes in the slot after the start, with the slice of the hour before. */
  void startSlots() {
    hourMade = simulation.clock().millis() / hour() - 1;
    schedule(slotMillis);
  }

  private void schedule(long millis) {
    var unused = sender.loop().schedule(this::slot, Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  private void slot() {
    if (finished()) {
      return;
    }
    long now = simulation.clock().millis();
    hourMade = Math.max(hourMade, now / hour() - MOST_MISSED);
    while (hourMade < now / hour() && !finished()) {
      hourMade++;
      // The first slice is made when it is sent, as by a module that was just switched on.
      long due = made == 0 ? now : Math.min(now, hourMade * hour() + slotMillis);
      make(Instant.ofEpochMilli(due), Instant.ofEpochMilli(hourMade * hour()), VirtualMeter.SLICE);
    }
    sender.report();
    schedule((hourMade + 1) * hour() + slotMillis - now);
  }

  /** Reports outside the schedule; a module that is still at its last report is left in peace. */
  void reportNow() {
    if (!finished() && sender.module().waiting() == 0) {
      Instant now = simulation.clock().instant();
      make(now, now, VirtualMeter.INSTANTANEOUS);
      sender.report();
    }
  }

  private void make(Instant now, Instant meterTime, int status) {
    Duration period = plan.rate() > 0 ? Duration.ofSeconds(1) : plan.hour();
    sender.module().make(meter.read(now, sender.module().clock(now), meterTime, period, status));
    made++;
    allMade = plan.rounds() > 0 && made >= plan.rounds();
    simulation.totals().made.increment();
  }

  private boolean finished() {
    return simulation.stopping() || allMade;
  }

  /** Whether the module has made all records of the plan; any thread may ask. */
  boolean allMade() {
    return allMade;
  }

  private long hour() {
    return plan.hour().toMillis();
  }
}
