package org.kvantenergo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A module of a fleet: makes its records when they are due. On its event loop alone. */
final class FleetModule {

  /** A module that was cut off keeps so many slices; older ones are lost. */
  private static final int MOST_MISSED = 200;

  private final Simulation simulation;
  private final Visitor visitor;
  private final VirtualMeter meter;
  private final Fleet.Plan plan;
  private final long slotMillis;
  private long hourMade;
  private int made;

  FleetModule(
      Simulation simulation,
      Visitor visitor,
      VirtualMeter meter,
      Fleet.Plan plan,
      long slotMillis) {
    this.simulation = simulation;
    this.visitor = visitor;
    this.meter = meter;
    this.plan = plan;
    this.slotMillis = slotMillis;
  }

  Visitor visitor() {
    return visitor;
  }

  /** The first report comes in the slot after the start, with the slice of the hour before. */
  void startSlots() {
    hourMade = simulation.clock().millis() / hour() - 1;
    schedule(slotMillis);
  }

  private void schedule(long millis) {
    var unused = visitor.loop().schedule(this::slot, Math.max(0, millis), TimeUnit.MILLISECONDS);
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
    visitor.report();
    schedule((hourMade + 1) * hour() + slotMillis - now);
  }

  /** Reports outside the schedule; a module that is still at its last report is left in peace. */
  void reportNow() {
    if (!finished() && visitor.module().waiting() == 0) {
      Instant now = simulation.clock().instant();
      make(now, now, VirtualMeter.INSTANTANEOUS);
      visitor.report();
    }
  }

  private void make(Instant now, Instant meterTime, int status) {
    Duration period = plan.rate() > 0 ? Duration.ofSeconds(1) : plan.hour();
    visitor.module().add(meter.read(now, visitor.module().clock(now), meterTime, period, status));
    made++;
    simulation.totals().made.increment();
  }

  private boolean finished() {
    return simulation.stopping() || (plan.rounds() > 0 && made >= plan.rounds());
  }

  private long hour() {
    return plan.hour().toMillis();
  }
}
