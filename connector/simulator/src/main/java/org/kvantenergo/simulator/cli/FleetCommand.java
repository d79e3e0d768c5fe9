package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.time.Duration;
import org.kvantenergo.simulator.Faults;
import org.kvantenergo.simulator.Fleet;
import org.kvantenergo.simulator.Simulation;
import picocli.CommandLine.Command;
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
      description = "End after N reports of each module. Default: no end.")
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

  @Override
  int connections() {
    return Math.min(connections, modules + unknown);
  }

  @Override
  int work(Simulation simulation, Running running) throws IOException {
    check();
    Fleet fleet =
        new Fleet(
            simulation,
            new Fleet.Plan(
                modules,
                unknown,
                hour,
                wrongClocks,
                sessions == SessionKind.KEPT,
                Faults.shares(lostAcks, repeats),
                connections,
                rate,
                rounds));
    running.work(fleet, duration);
    running.end(fleet);
    return running.summary("", "");
  }

  private void check() {
    if (modules < 0 || unknown < 0 || modules + unknown < 1 || connections < 1) {
      throw misuse("at least one module and one connection");
    }
    if (hour.toMillis() < 1_000) {
      throw misuse("--hour is 1s or more");
    }
    if (rate < 0 || rounds < 0) {
      throw misuse("--rate and --rounds are not negative");
    }
    for (double share : new double[] {lostAcks, repeats, wrongClocks}) {
      if (!(share >= 0 && share <= 1)) {
        throw misuse("a share is 0 to 1, not " + share);
      }
    }
    if (lostAcks == 1) {
      throw misuse("--lost-acks 1 would never end");
    }
  }
}
