package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.kvantenergo.simulator.Load;
import org.kvantenergo.simulator.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Measure a server: every connection has one frame of READINGS unanswered at any time (kept),"
            + " or does one whole session after the other (oneshot). Uses the modules of the fleet.")
final class LoadCommand extends Job {

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections at once. Default: ${DEFAULT-VALUE}.")
  private int connections = 100;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Records in a frame, 1..64. Default: ${DEFAULT-VALUE}.")
  private int records = 1;

  @Option(
      names = "--sessions",
      paramLabel = "KIND",
      description = "kept or oneshot. Default: kept.")
  private SessionKind sessions = SessionKind.KEPT;

  @Option(
      names = "--modules",
      paramLabel = "N",
      description = "Different modules that take turns with oneshot. Default: one a connection.")
  private Integer modules;

  @Option(
      names = "--first",
      paramLabel = "I",
      description = "Number of the first module in the fleet. Default: ${DEFAULT-VALUE}.")
  private int first = 1;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "Run so long before measuring. Default: not at all.")
  private Duration warmUp;

  @Option(names = "--duration", paramLabel = "TIME", description = "Measure so long. Default: 30s.")
  private Duration duration = Duration.ofSeconds(30);

  @Override
  int connections() {
    return connections;
  }

  @Override
  int work(Simulation simulation, Running running) throws IOException {
    Load load = new Load(simulation, plan());
    load.start();
    if (warmUp != null) {
      running.await(load, warmUp);
      load.measureFromNow();
    }
    running.await(load, duration);
    Load.Figures figures = load.figures();
    running.end(load);
    String text =
        String.format(
            Locale.ROOT,
            "%nMeasured %.1f s: %.0f records/s, %.0f sessions/s, ACK p50 %.2f ms, p99 %.2f ms",
            figures.seconds(),
            figures.recordsPerSecond(),
            figures.sessionsPerSecond(),
            figures.totals().p50() / 1e3,
            figures.totals().p99() / 1e3);
    String json =
        String.format(
            Locale.ROOT,
            ",%n \"measured\": {\"seconds\": %.3f, \"recordsPerSecond\": %.1f,"
                + " \"sessionsPerSecond\": %.1f, \"connections\": %d, \"recordsPerFrame\": %d,"
                + " \"sessions\": \"%s\", \"p50\": %d, \"p99\": %d, \"max\": %d}",
            figures.seconds(),
            figures.recordsPerSecond(),
            figures.sessionsPerSecond(),
            connections,
            records,
            sessions.name().toLowerCase(Locale.ROOT),
            figures.totals().p50(),
            figures.totals().p99(),
            figures.totals().max());
    return running.summary(text, json);
  }

  private Load.Plan plan() {
    try {
      int turns = modules == null ? connections : modules;
      return new Load.Plan(connections, records, sessions == SessionKind.KEPT, turns, first);
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }
}
