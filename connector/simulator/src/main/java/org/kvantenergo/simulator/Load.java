package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kvantenergo.wire.packet.Readings;

/**
 * Asks a server for all it has: every connection has one frame of READINGS unanswered at any time,
 * or does one whole session after the other.
 */
public final class Load implements Run {

  private static final Duration NUMBERED_BY = Duration.ofMillis(1);

  private final Simulation simulation;
  private final Plan plan;
  private final Gate gate;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * What the load is.
   *
   * @param connections at once, 1 or more
   * @param records in a frame, 1..64
   * @param kept sessions stay open and send frame after frame; else a session a frame
   * @param modules how many different modules take turns, at least one a connection
   * @param first number of the first module in the fleet, from 1
   */
  public record Plan(int connections, int records, boolean kept, int modules, int first) {

    /** Checks the ranges. */
    public Plan {
      if (connections < 1 || first < 1 || modules < connections) {
        throw new IllegalArgumentException(
            "%d modules from %d on %d connections".formatted(modules, first, connections));
      }
      if (records < 1 || records > Readings.MAX_RECORDS) {
        throw new IllegalArgumentException("records out of 1..64: " + records);
      }
    }
  }

  /** Makes the connections' owners; nothing is sent yet. */
  public Load(Simulation simulation, Plan plan) {
    this.simulation = simulation;
    this.plan = plan;
    this.gate = new Gate(plan.connections());
    for (int i = 0; i < plan.connections(); i++) {
      lanes.add(new Lane(i));
    }
  }

  @Override
  public void start() {
    lanes.forEach(lane -> lane.loop.execute(lane::next));
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public void finish() {
    lanes.forEach(lane -> lane.loop.execute(lane::finish));
  }

  /** A module that remembers its session counter and its commands, and its meter. */
  private record Metered(SimulatedModule module, VirtualMeter meter) {}

  private Metered metered(int i) {
    ModuleIdentity identity = ModuleIdentity.ofFleet(i);
    return new Metered(simulation.device(identity), new VirtualMeter(identity.imei()));
  }

  /** One connection's place: one module for good if it is kept, else one after the other. */
  private final class Lane implements Visitor.Listener {

    private final EventLoop loop = simulation.connector().loop();
    private int index;
    private Visitor visitor;
    private VirtualMeter meter;
    private final Map<Integer, Metered> modules = new HashMap<>();

    Lane(int index) {
      this.index = index;
    }

    void next() {
      if (simulation.stopping()) {
        return;
      }
      if (visitor == null || !plan.kept()) {
        Metered next = modules.computeIfAbsent(plan.first() + index, Load.this::metered);
        meter = next.meter();
        visitor =
            new Visitor(
                simulation,
                next.module(),
                loop,
                new ModuleSession.Manner(plan.kept(), Faults.NONE),
                gate,
                this);
        // The lanes' modules never meet: lane k has k, k + connections, ...
        index += plan.connections();
        index = index < plan.modules() ? index : index % plan.connections();
      }
      Instant now = simulation.clock().instant();
      for (int i = 0; i < plan.records(); i++) {
        visitor
            .module()
            .make(
                meter.read(
                    now,
                    visitor.module().clock(now),
                    now,
                    NUMBERED_BY,
                    VirtualMeter.INSTANTANEOUS));
      }
      simulation.totals().made.add(plan.records());
      visitor.report();
    }

    @Override
    public void allSent() {
      next();
    }

    void finish() {
      if (visitor != null) {
        visitor.finish();
      }
    }
  }
}
