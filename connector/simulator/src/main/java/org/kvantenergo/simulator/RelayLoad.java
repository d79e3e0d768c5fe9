package org.kvantenergo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Base stations that relay for many telemetry blocks without a pause: each has a number of records
 * unanswered at any time, and takes the next block's with every answer that comes.
 */
public final class RelayLoad implements Run {

  private static final Duration NUMBERED_BY = Duration.ofMillis(1);
  private static final int PING_SECONDS = 120;

  private final Simulation simulation;
  private final Plan plan;
  private final List<Yard> yards = new ArrayList<>();

  /**
   * What the load is.
   *
   * @param stations 1 or more
   * @param blocks of all of them together, dealt out in turn, no fewer than stations
   * @param window records of one station that are unanswered at any time, 1 or more, no more than
   *     it has blocks
   */
  public record Plan(int stations, int blocks, int window) {

    /** Checks the ranges. */
    public Plan {
      if (stations < 1 || window < 1 || blocks / stations < window) {
        throw new IllegalArgumentException(
            "%d blocks behind %d stations, %d unanswered".formatted(blocks, stations, window));
      }
    }
  }

  /** Makes stations and blocks; nothing is sent yet. */
  public RelayLoad(Simulation simulation, Plan plan) {
    this.simulation = simulation;
    this.plan = plan;
    Gate gate = new Gate(plan.stations());
    for (int i = 1; i <= plan.stations(); i++) {
      yards.add(new Yard(i, gate));
    }
    for (int i = 1; i <= plan.blocks(); i++) {
      yards.get((i - 1) % plan.stations()).add(ModuleIdentity.ofBlock(i));
    }
  }

  @Override
  public void start() {
    for (Yard yard : yards) {
      yard.station.loop().execute(yard::begin);
    }
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public void finish() {
    for (Yard yard : yards) {
      yard.station.loop().execute(yard.blocks.get(0).sender()::finish);
    }
  }

  /** A block and its meter. */
  private record Metered(Sender sender, VirtualMeter meter) {}

  /** One station and its blocks, in turn. */
  private final class Yard {

    private final Station station;
    private final List<Metered> blocks = new ArrayList<>();
    private int next;

    Yard(int number, Gate gate) {
      SimulatedModule device = simulation.device(ModuleIdentity.ofStation(number));
      var manner = new StationSession.Manner(PING_SECONDS, Faults.NONE);
      station = new Station(simulation, device, manner, gate, this::relay);
    }

    void add(ModuleIdentity block) {
      blocks.add(
          new Metered(station.add(simulation.device(block)), new VirtualMeter(block.serial())));
    }

    void begin() {
      for (int i = 0; i < plan.window(); i++) {
        relay();
      }
    }

    /** The next block that has nothing unanswered; there is one, since the window is smaller. */
    private void relay() {
      if (simulation.stopping()) {
        return;
      }
      Metered block = blocks.get(next);
      while (block.sender().module().waiting() > 0) {
        next = (next + 1) % blocks.size();
        block = blocks.get(next);
      }
      next = (next + 1) % blocks.size();
      SimulatedModule module = block.sender().module();
      Instant now = simulation.clock().instant();
      module.make(
          block.meter().read(now, module.clock(now), now, NUMBERED_BY, VirtualMeter.INSTANTANEOUS));
      simulation.totals().made.increment();
      block.sender().report();
    }
  }
}
