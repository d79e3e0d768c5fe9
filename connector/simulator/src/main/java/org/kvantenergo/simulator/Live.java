package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.wire.packet.Reading;

/**
 * The recorded modules go on reporting, with today's clock and much oftener than in life, so that
 * somebody who watches sees something. The slice of each full hour is marked as such, the records
 * between are instantaneous ones.
 */
public final class Live implements Run {

  private static final int VALID = 1;
  private static final double DAILY = 0.36;
  private static final double RESOURCE_PER_HOUR = 1.0 / 900;

  /** One report costs so much, V: five months of demonstration empty a battery. */
  private static final float BATTERY_PER_REPORT = 1e-6f;

  private final Simulation simulation;
  private final Duration every;
  private final LiveState state;
  private final List<LiveModule> modules = new ArrayList<>();

  /**
   * The modules of a run.
   *
   * @param recorded which modules go on
   * @param every how often each of them reports
   * @param stateFile keeps the newest records between runs, null = nothing is kept
   * @throws IOException if the state cannot be read
   */
  public Live(Simulation simulation, List<RecordedModule> recorded, Duration every, Path stateFile)
      throws IOException {
    this.simulation = simulation;
    this.every = every;
    this.state = new LiveState(stateFile);
    Gate gate = new Gate(recorded.size());
    for (RecordedModule module : recorded) {
      Reading kept = state.newest(module.identity().imei());
      modules.add(new LiveModule(module, kept, gate));
    }
  }

  @Override
  public void start() {
    long step = every.toMillis() / modules.size();
    for (int i = 0; i < modules.size(); i++) {
      LiveModule module = modules.get(i);
      var unused =
          module
              .visitor
              .loop()
              .scheduleAtFixedRate(
                  module::report, step * i, every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public void finish() {
    // sessions end by themselves
  }

  private final class LiveModule {

    private final Household household = new Household(DAILY);
    private final Visitor visitor;
    private Reading newest;
    private double total;
    private double resource;

    LiveModule(RecordedModule recorded, Reading kept, Gate gate) {
      EventLoop loop = simulation.connector().loop();
      SimulatedModule module = new SimulatedModule(recorded.identity());
      visitor =
          new Visitor(
              simulation,
              module,
              loop,
              new ModuleSession.Manner(false, Faults.NONE),
              gate,
              new Visitor.Listener() {});
      List<Reading> records = recorded.records();
      newest = kept != null ? kept : records.get(records.size() - 1);
      total = kept != null ? kept.reading() : lastValid(records);
      resource = newest.resource();
    }

    private static double lastValid(List<Reading> records) {
      double last = 0;
      for (Reading record : records) {
        last = (record.status() & VALID) != 0 ? record.reading() : last;
      }
      return last;
    }

    void report() {
      if (simulation.stopping()) {
        return;
      }
      Instant now = simulation.clock().instant();
      newest = next(now);
      visitor.module().add(newest);
      simulation.totals().made.increment();
      try {
        state.keep(visitor.module().identity().imei(), newest);
      } catch (IOException e) {
        simulation.voice().say(SimulatorMessage.STATE_FAILED, e);
      }
      visitor.report();
    }

    private Reading next(Instant now) {
      Instant before = Instant.ofEpochSecond(newest.moduleTime());
      Instant hour = now.truncatedTo(ChronoUnit.HOURS);
      boolean slice = before.isBefore(hour);
      // The years between the recording and the first live report are not lived through.
      Instant from = before.isBefore(now.minus(Duration.ofDays(30))) ? now : before;
      double hours = Duration.between(from, now).toMillis() / 3_600_000.0;
      total += Math.max(0, household.volume(from, now));
      resource += Math.max(0, hours * RESOURCE_PER_HOUR);
      ThreadLocalRandom random = ThreadLocalRandom.current();
      double temperature = newest.temperature() + random.nextDouble(-0.15, 0.15);
      return new Reading(
          newest.recordNumber() + 1,
          visitor.module().clock(now),
          (slice ? hour : now).getEpochSecond(),
          Decimals.round(total, 7),
          (float) Decimals.round(resource, 4),
          (float) Decimals.round(Math.max(15, Math.min(25, temperature)), 6),
          Math.max(3, newest.battery() - BATTERY_PER_REPORT),
          0,
          0,
          0,
          0,
          0,
          slice ? VirtualMeter.SLICE : VirtualMeter.INSTANTANEOUS,
          Math.max(-105, Math.min(-65, newest.rssi() + random.nextInt(-1, 2))),
          newest.band(),
          newest.period(),
          newest.sessionsTotal() + 1,
          newest.sessionsDay());
    }
  }
}
