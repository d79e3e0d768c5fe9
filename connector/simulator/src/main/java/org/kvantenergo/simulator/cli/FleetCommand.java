package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.time.Duration;
import org.kvantenergo.simulator.BadManners;
import org.kvantenergo.simulator.Faults;
import org.kvantenergo.simulator.Fleet;
import org.kvantenergo.simulator.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description =
        "A fleet of households' meters, those that a server registers with kvant.demo.modules. Each"
            + " module reports in its own slot, 25 to 64 s after every hour; the first time in the"
            + " slot after the start.")
final class FleetCommand extends Job {

  @Option(
      names = "--modules",
      paramLabel = "N",
      description = "Registered modules. Default: ${DEFAULT-VALUE}.")
  private int modules = 100;

  @Option(
      names = "--unknown",
      paramLabel = "N",
      description = "Modules that the server does not know. Default: ${DEFAULT-VALUE}.")
  private int unknown;

  @Option(
      names = "--hour",
      paramLabel = "TIME",
      description =
          "How long an hour lasts, 1s or more. Clocks stay true: the modules only report oftener."
              + " Below 64s the slots are pressed together with it. Default: 1h.")
  private Duration hour = Duration.ofHours(1);

  @Option(
      names = "--rate",
      paramLabel = "PER-SECOND",
      description = "Instead of slots: so many reports a second, the modules in turn.")
  private double rate;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "End after N records of each module. Default: no end.")
  private int rounds;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "End after so long. Default: no end.")
  private Duration duration;

  @Option(
      names = "--sessions",
      paramLabel = "KIND",
      description = "oneshot: a session a report; kept: connections stay. Default: oneshot.")
  private SessionKind sessions = SessionKind.ONESHOT;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "Most connections at once; the others wait. Default: what the limit of open files allows.")
  private int connections = OpenFiles.mostConnections();

  @Option(
      names = "--lost-acks",
      paramLabel = "SHARE",
      description =
          "Share (0..1) of acknowledgements that get lost: the module closes, comes back, and sends"
              + " the same bytes.")
  private double lostAcks;

  @Option(
      names = "--repeats",
      paramLabel = "SHARE",
      description = "Share (0..1) of acknowledged frames that are sent once more in the session.")
  private double repeats;

  @Option(
      names = "--wrong-clocks",
      paramLabel = "SHARE",
      description = "Share (0..1) of modules whose clock stays days or years off.")
  private double wrongClocks;

  @Option(
      names = "--drop-commands",
      paramLabel = "SHARE",
      description =
          "Share (0..1) of commands after which the session breaks off: carried out, and the result"
              + " not sent.")
  private double dropCommands;

  @Mixin private StationOptions stations;
  @Mixin private MannerOptions manners;

  @Override
  int connections() {
    int devices = modules + unknown + stations.stations;
    return Math.min(connections, devices) + guests().guests();
  }

  private BadManners.Plan guests() {
    return manners.plan(modules + 1);
  }

  @Override
  int work(Simulation simulation, Running running) throws IOException {
    check();
    Fleet fleet = new Fleet(simulation, plan());
    BadManners guests = new BadManners(simulation, guests());
    guests.start();
    running.work(fleet, duration);
    simulation.stop();
    guests.finish();
    running.end(fleet);
    return running.summary("", "");
  }

  private Fleet.Plan plan() {
    try {
      return new Fleet.Plan(
          modules,
          unknown,
          hour,
          wrongClocks,
          sessions == SessionKind.KEPT,
          Faults.shares(lostAcks, repeats, dropCommands, manners.stall),
          connections,
          rate,
          rounds,
          stations.plan());
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }

  private void check() {
    int devices = modules + unknown + stations.blocks();
    if (modules < 0 || unknown < 0 || connections < 1 || devices + guests().guests() < 1) {
      throw misuse("at least one device and one connection");
    }
    if (modules + unknown > 0 && connections <= stations.stations) {
      throw misuse("base stations stay connected: --connections leaves no place for the modules");
    }
    if (manners.wrong() || (rate > 0 && devices == 0)) {
      throw misuse("guests are not negative, and a rate is somebody's");
    }
    if (hour.toMillis() < 1_000) {
      throw misuse("--hour is 1s or more");
    }
    if (rate < 0 || rounds < 0) {
      throw misuse("--rate and --rounds are not negative");
    }
    for (double share :
        new double[] {lostAcks, repeats, wrongClocks, dropCommands, manners.stall}) {
      if (!(share >= 0 && share <= 1)) {
        throw misuse("a share is 0 to 1, not " + share);
      }
    }
    if (lostAcks == 1 || manners.stall == 1) {
      throw misuse("--lost-acks 1 or --stall 1 would never end");
    }
  }
}
