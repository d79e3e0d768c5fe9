package org.kvantenergo.simulator;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many modules, each of which reports in its own slot after every hour, as real ones do; or, with a
 * rate, all of them in turn.
 */
public final class Fleet implements Run {

  /** Slots lie between these after the hour, ms; in a shorter "hour" they are pressed together. */
  private static final int FIRST_SLOT = 25_000;

  private static final int LAST_SLOT = 64_000;
  private static final int TICKS_PER_SECOND = 50;

  private final Simulation simulation;
  private final Plan plan;
  private final List<FleetModule> modules = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private double owed;

  /**
   * What the fleet does.
   *
   * @param modules registered modules, 0 or more
   * @param unknown modules that the server does not know, 0 or more
   * @param hour how long an hour lasts
   * @param wrongClocks 0..1, share of modules whose clock is days or years off
   * @param kept sessions stay open between reports
   * @param faults what goes wrong
   * @param connections most at once, 1 or more
   * @param rate reports a second, all modules in turn; 0 = slots after the hour
   * @param rounds reports of each module, 0 = without end
   * @param stations base stations, with blocks that report as modules do
   */
  public record Plan(
      int modules,
      int unknown,
      Duration hour,
      double wrongClocks,
      boolean kept,
      Faults faults,
      int connections,
      double rate,
      int rounds,
      Stations stations) {

    /** A fleet without base stations. */
    public Plan(
        int modules,
        int unknown,
        Duration hour,
        double wrongClocks,
        boolean kept,
        Faults faults,
        int connections,
        double rate,
        int rounds) {
      this(
          modules,
          unknown,
          hour,
          wrongClocks,
          kept,
          faults,
          connections,
          rate,
          rounds,
          Stations.NONE);
    }

    /** One round of some modules, at once, with nothing going wrong. */
    public static Plan once(int modules, Duration hour) {
      return new Plan(modules, 0, hour, 0, false, Faults.NONE, Integer.MAX_VALUE, 0, 1);
    }
  }

  /**
   * Base stations of a fleet.
   *
   * @param count 0 or more
   * @param blocks of all of them together, dealt out in turn, no fewer than stations
   * @param pingSeconds how often a station asks for commands, less than the server's 600 s
   */
  public record Stations(int count, int blocks, int pingSeconds) {

    /** None. */
    public static final Stations NONE = new Stations(0, 0, 120);

    /** Checks the ranges. */
    public Stations {
      if (count < 0 || blocks < count || (count == 0 && blocks > 0) || pingSeconds < 1) {
        throw new IllegalArgumentException(
            "%d blocks behind %d stations, PING every %d s".formatted(blocks, count, pingSeconds));
      }
    }
  }

  /** Makes the modules; nothing is sent yet. */
  public Fleet(Simulation simulation, Plan plan) {
    this.simulation = simulation;
    this.plan = plan;
    Gate gate = new Gate(plan.connections());
    addModules(gate);
    addUnknown(gate);
    addStations(gate);
  }

  private void addModules(Gate gate) {
    for (int i = 1; i <= plan.modules(); i++) {
      add(alone(simulation.device(ModuleIdentity.ofFleet(i)), gate));
    }
  }

  /** A server that does not know a device has no key for it. */
  private void addUnknown(Gate gate) {
    for (int i = 1; i <= plan.unknown(); i++) {
      add(alone(new SimulatedModule(ModuleIdentity.unknown(i)), gate));
    }
  }

  private Sender alone(SimulatedModule module, Gate gate) {
    return new Visitor(
        simulation,
        module,
        simulation.connector().loop(),
        new ModuleSession.Manner(plan.kept(), plan.faults()),
        gate,
        new Visitor.Listener() {});
  }

  private void addStations(Gate gate) {
    int count = plan.stations().count();
    List<Station> stations = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      SimulatedModule device = simulation.device(ModuleIdentity.ofStation(i));
      var manner = new StationSession.Manner(plan.stations().pingSeconds(), plan.faults());
      stations.add(new Station(simulation, device, manner, gate));
    }
    for (int i = 1; i <= plan.stations().blocks(); i++) {
      SimulatedModule block = simulation.device(ModuleIdentity.ofBlock(i));
      add(stations.get((i - 1) % count).add(block));
    }
  }

  private void add(Sender sender) {
    long seed = sender.module().identity().name();
    SplittableRandom random = new SplittableRandom(seed);
    if (random.nextDouble() < plan.wrongClocks()) {
      sender.module().breakClock(wrongBy(random));
    }
    modules.add(new FleetModule(simulation, sender, new VirtualMeter(seed), plan, slot(random)));
  }

  /** Three days ahead, four hundred behind, or as after a loss of power: at 1970. */
  private long wrongBy(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> Duration.ofDays(3).toSeconds();
      case 1 -> -Duration.ofDays(400).toSeconds();
      default -> -simulation.clock().instant().getEpochSecond();
    };
  }

  private long slot(SplittableRandom random) {
    double pressed = Math.min(1, plan.hour().toMillis() / (double) LAST_SLOT);
    return (long) (slotMillis(random) * pressed);
  }

  /** Where in a real hour the slot lies. */
  static int slotMillis(SplittableRandom random) {
    return random.nextInt(FIRST_SLOT, LAST_SLOT);
  }

  @Override
  public void start() {
    if (plan.rate() > 0) {
      EventLoop loop = simulation.connector().loop();
      long step = TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
      var unused = loop.scheduleAtFixedRate(this::tick, 0, step, TimeUnit.NANOSECONDS);
    } else {
      modules.forEach(FleetModule::startSlots);
    }
  }

  /** Lets as many modules report as a tick is worth. */
  private void tick() {
    owed += plan.rate() / TICKS_PER_SECOND;
    for (; owed >= 1; owed--) {
      FleetModule module = modules.get(next.getAndIncrement() % modules.size());
      module.sender().loop().execute(module::reportNow);
    }
  }

  @Override
  public boolean done() {
    return plan.rounds() > 0
        && modules.stream().allMatch(FleetModule::allMade)
        && simulation.totals().snapshot().waiting() == 0;
  }

  @Override
  public void finish() {
    for (FleetModule module : modules) {
      module.sender().loop().execute(module.sender()::finish);
    }
  }
}
