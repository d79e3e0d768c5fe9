package org.kvantenergo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Modules that stay connected and have nothing to tell: each sends one record and is silent from
 * then on, but for the PING without which a server would close.
 */
public final class Idle implements Run {

  private static final Duration NUMBERED_BY = Duration.ofMillis(1);

  /** So many at once are on their way to being idle: a crowd at the door is another load. */
  private static final int AT_THE_DOOR = 200;

  private final Simulation simulation;
  private final Gate gate;
  private final ArrayDeque<Guest> waiting = new ArrayDeque<>();
  private final Queue<Guest> inside = new ConcurrentLinkedQueue<>();
  private final AtomicInteger idle = new AtomicInteger();

  /**
   * Makes the modules; nothing is sent yet.
   *
   * @param connections how many, 1 or more
   * @param first number of the first in the fleet, from 1
   */
  public Idle(Simulation simulation, int connections, int first) {
    if (connections < 1 || first < 1) {
      throw new IllegalArgumentException("%d modules from %d".formatted(connections, first));
    }
    this.simulation = simulation;
    this.gate = new Gate(connections);
    for (int i = 0; i < connections; i++) {
      waiting.add(new Guest(first + i));
    }
  }

  @Override
  public void start() {
    for (int i = 0; i < AT_THE_DOOR; i++) {
      nextIn();
    }
  }

  private void nextIn() {
    Guest next;
    synchronized (waiting) {
      next = waiting.poll();
    }
    if (next != null && !simulation.stopping()) {
      inside.add(next);
      next.visitor.loop().execute(next::enter);
    }
  }

  /** How many have been told that their record is stored, and are silent. */
  public int idle() {
    return idle.get();
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public void finish() {
    inside.forEach(guest -> guest.visitor.loop().execute(guest.visitor::finish));
  }

  /** One module. */
  private final class Guest implements Visitor.Listener {

    private final Visitor visitor;
    private boolean settled;

    Guest(int number) {
      visitor =
          new Visitor(
              simulation,
              simulation.device(ModuleIdentity.ofFleet(number)),
              simulation.connector().loop(),
              new ModuleSession.Manner(true, Faults.NONE),
              gate,
              this);
    }

    void enter() {
      SimulatedModule module = visitor.module();
      Instant now = simulation.clock().instant();
      VirtualMeter meter = new VirtualMeter(module.identity().imei());
      module.make(meter.read(now, module.clock(now), now, NUMBERED_BY, VirtualMeter.INSTANTANEOUS));
      simulation.totals().made.increment();
      visitor.report();
    }

    /** Also after the answer to a PING. */
    @Override
    public void allSent() {
      if (!settled) {
        settled = true;
        idle.incrementAndGet();
        nextIn();
      }
    }
  }
}
