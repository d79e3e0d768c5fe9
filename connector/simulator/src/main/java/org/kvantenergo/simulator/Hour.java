package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.kvantenergo.wire.packet.Readings;

/**
 * The burst after the hour: every module of a fleet reports once, a session each, at a moment of
 * its own. The moments do not wait for the server, and latency is counted from the moment at which
 * the module was due, so that what a slow server makes others wait for is in the figures.
 */
public final class Hour implements Run {

  private static final Duration NUMBERED_BY = Duration.ofSeconds(1);

  /** More than event loops anywhere, so that each has some. */
  private static final int LANES = 64;

  private final Simulation simulation;
  private final Plan plan;
  private final Gate gate;
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final Latencies due = new Latencies();
  private final Latencies late = new Latencies();
  private volatile Instant hour;
  private volatile long startNanos;

  /**
   * What the hour is.
   *
   * @param modules how many, 1 or more
   * @param first number of the first in the fleet, from 1
   * @param within how long the moments are spread over, evenly at random
   * @param connections most at once; a module that is due waits for a place
   */
  public record Plan(int modules, int first, Duration within, int connections) {

    /** Checks the ranges. */
    public Plan {
      if (modules < 1 || first < 1 || connections < 1) {
        throw new IllegalArgumentException(
            "%d modules from %d on %d connections".formatted(modules, first, connections));
      }
    }
  }

  /**
   * How long modules waited.
   *
   * @param acknowledged how many have their ACK
   * @param p50 from the moment a module was due to the ACK of its record, median, µs
   * @param p99 the same, 99th percentile, µs
   * @param max the same, longest, µs
   * @param lateP99 how long after its moment this program began with a module, 99th percentile, µs:
   *     as much of the latency is the generator's own
   * @param lateMax the same, longest, µs
   */
  public record Waited(
      long acknowledged, long p50, long p99, long max, long lateP99, long lateMax) {}

  /** Lays out the moments; the same modules have the same ones in every run. */
  public Hour(Simulation simulation, Plan plan) {
    this.simulation = simulation;
    this.plan = plan;
    this.gate = new Gate(plan.connections());
    for (int i = 0; i < Math.min(LANES, plan.modules()); i++) {
      lanes.add(new Lane(i));
    }
  }

  @Override
  public void start() {
    hour = simulation.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    startNanos = System.nanoTime();
    lanes.forEach(lane -> lane.loop.execute(lane::next));
  }

  /** The moment of a module, µs after the start. */
  long dueMicros(int module) {
    return new SplittableRandom(module)
        .nextLong(Math.max(1, TimeUnit.NANOSECONDS.toMicros(plan.within().toNanos())));
  }

  @Override
  public boolean done() {
    return begun.get() == plan.modules() && simulation.totals().snapshot().waiting() == 0;
  }

  @Override
  public void finish() {
    // every session ends by itself
  }

  /** How long modules have waited up to now. */
  public Waited waited() {
    Latencies.Snapshot waits = due.snapshot();
    Latencies.Snapshot lags = late.snapshot();
    return new Waited(waits.count(), waits.p50(), waits.p99(), waits.max(), lags.p99(), lags.max());
  }

  /** Some of the modules, one after the other as they are due; on its event loop alone. */
  private final class Lane {

    private static final int NUMBER_BITS = 31;

    private final EventLoop loop = simulation.connector().loop();

    /** Moment and number in one, in the order of the moments. */
    private final long[] order;

    private int position;

    Lane(int index) {
      int count = (plan.modules() - index + LANES - 1) / LANES;
      order = new long[count];
      for (int i = 0; i < count; i++) {
        int module = plan.first() + index + i * LANES;
        order[i] = dueMicros(module) << NUMBER_BITS | module;
      }
      Arrays.sort(order);
    }

    void next() {
      while (position < order.length && !simulation.stopping()) {
        long moment = startNanos + (order[position] >> NUMBER_BITS) * 1_000;
        long wait = moment - System.nanoTime();
        if (wait > 0) {
          var unused = loop.schedule(this::next, wait, TimeUnit.NANOSECONDS);
          return;
        }
        late.add(-wait);
        begin((int) (order[position] & (1L << NUMBER_BITS) - 1), moment);
        position++;
      }
    }

    private void begin(int number, long moment) {
      SimulatedModule module = simulation.device(ModuleIdentity.ofFleet(number));
      Instant now = simulation.clock().instant();
      VirtualMeter meter = new VirtualMeter(module.identity().imei());
      module.make(meter.read(now, module.clock(now), hour, NUMBERED_BY, VirtualMeter.SLICE));
      simulation.totals().made.increment();
      begun.incrementAndGet();
      Visitor.Listener listener =
          new Visitor.Listener() {
            @Override
            public void acknowledged(Readings frame, boolean already) {
              due.add(System.nanoTime() - moment);
            }
          };
      var manner = new ModuleSession.Manner(false, Faults.NONE);
      new Visitor(simulation, module, loop, manner, gate, listener).report();
    }
  }
}
