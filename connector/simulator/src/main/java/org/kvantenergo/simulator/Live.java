package org.kvantenergo.simulator;

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
 * The recorded devices go on reporting, with today's clock and much oftener than in life, so that
 * somebody who watches sees something. The slice of each full hour is marked as such, the records
 * between are instantaneous ones.
 */
public final class Live implements Run {

  private static final int VALID = 1;

  /** Somebody who watches wants to see a command carried out. */
  private static final int STATION_PING_SECONDS = 30;

  private static final double DAILY = 0.36;
  private static final double RESOURCE_PER_HOUR = 1.0 / 900;

  /** One report costs so much, V: five months of demonstration empty a battery. */
  private static final float BATTERY_PER_REPORT = 1e-6f;

  private final Simulation simulation;
  private final Duration every;
  private final LiveState state;
  private final Gate gate;
  private final List<LiveModule> modules = new ArrayList<>();

  /**
   * The modules of a run.
   *
   * @param recorded which modules go on
   * @param every how often each of them reports
   * @param stateFile keeps between runs what the devices know, null = nothing is kept
   * @throws IOException if the state cannot be read
   */
  public Live(Simulation simulation, List<RecordedModule> recorded, Duration every, Path stateFile)
      throws IOException {
    this.simulation = simulation;
    this.every = every;
    this.state = new LiveState(stateFile);
    this.gate = new Gate(recorded.size() + 1);
    for (RecordedModule module : recorded) {
      modules.add(new LiveModule(module, alone(device(module))));
    }
  }

  /**
   * A base station and the block behind it, too; to be called before the start.
   *
   * @throws IOException if their state cannot be read
   */
  public void addStation(RecordedModule station, RecordedModule block) throws IOException {
    var manner = new StationSession.Manner(STATION_PING_SECONDS, Faults.NONE);
    Sender behind = new Station(simulation, device(station), manner, gate).add(device(block));
    modules.add(new LiveModule(block, behind));
  }

  /** How many devices report. */
  public int devices() {
    return modules.size();
  }

  private SimulatedModule device(RecordedModule recorded) throws IOException {
    SimulatedModule device = simulation.recorded(recorded.identity());
    state.restore(device);
    device.onChange(
        () -> {
          try {
            state.keep(device);
          } catch (IOException e) {
            simulation.voice().say(SimulatorMessage.STATE_FAILED, e);
          }
        });
    return device;
  }

  private Sender alone(SimulatedModule module) {
    return new Visitor(
        simulation,
        module,
        simulation.connector().loop(),
        new ModuleSession.Manner(false, Faults.NONE),
        gate,
        new Visitor.Listener() {});
  }

  @Override
  public void start() {
    long step = every.toMillis() / modules.size();
    for (int i = 0; i < modules.size(); i++) {
      LiveModule module = modules.get(i);
      var unused =
          module
              .sender
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
    for (LiveModule module : modules) {
      module.sender.loop().execute(module.sender::finish);
    }
  }

  private final class LiveModule {

    private final Household household = new Household(DAILY);
    private final Sender sender;
    private Reading newest;
    private double total;
    private double resource;

    LiveModule(RecordedModule recorded, Sender sender) throws IOException {
      this.sender = sender;
      Reading kept = state.newest(recorded.identity());
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
      newest = sender.module().make(next(now));
      simulation.totals().made.increment();
      try {
        state.keep(sender.module().identity(), newest);
      } catch (IOException e) {
        simulation.voice().say(SimulatorMessage.STATE_FAILED, e);
      }
      sender.report();
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
          sender.module().clock(now),
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
