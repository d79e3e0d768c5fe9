package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.kvantenergo.simulator.Hour;
import org.kvantenergo.simulator.Idle;
import org.kvantenergo.simulator.Load;
import org.kvantenergo.simulator.Measurement;
import org.kvantenergo.simulator.RelayLoad;
import org.kvantenergo.simulator.Run;
import org.kvantenergo.simulator.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Measure a server, with the modules of the fleet. The lines 'Measuring' and 'Measured' are"
            + " printed when the measuring begins and ends.")
final class LoadCommand extends Job {

  @Mixin private LoadOptions options;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "Run so long before measuring. Default: not at all.")
  private Duration warmUp;

  @Option(
      names = "--settle",
      paramLabel = "PERCENT",
      description =
          "End the warm-up as soon as the throughput of three successive windows of a second differs"
              + " by no more than this.")
  private Integer settle;

  @Option(names = "--duration", paramLabel = "TIME", description = "Measure so long. Default: 30s.")
  private Duration duration = Duration.ofSeconds(30);

  @Override
  int connections() {
    return options.connections();
  }

  @Override
  int work(Simulation simulation, Running running) throws IOException {
    if (settle != null && (settle < 1 || settle > 100)) {
      throw misuse("--settle is 1 to 100");
    }
    try {
      return switch (options.kind) {
        case KEPT, ONESHOT -> steady(simulation, running, new Load(simulation, plan()));
        case RELAY -> steady(simulation, running, new RelayLoad(simulation, relayPlan()));
        case HOUR -> hour(simulation, running, new Hour(simulation, hourPlan()));
        case IDLE -> idle(simulation, running, new Idle(simulation, connections(), options.first));
      };
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }

  private Load.Plan plan() {
    boolean kept = options.kind == LoadKind.KEPT;
    return new Load.Plan(connections(), options.records, kept, options.modules(), options.first);
  }

  private RelayLoad.Plan relayPlan() {
    return new RelayLoad.Plan(options.stations, options.blocks, options.window);
  }

  private Hour.Plan hourPlan() {
    return new Hour.Plan(options.modules(), options.first, options.within, connections());
  }

  private int steady(Simulation simulation, Running running, Run load) throws IOException {
    load.start();
    if (warmUp != null) {
      running.warmUp(load, warmUp, settle == null ? null : new Settling(3, settle / 100.0));
    }
    Measurement measurement = running.measuring(simulation);
    running.await(load, duration);
    Measurement.Figures figures = running.measured(measurement);
    running.end(load);
    return running.summary(text(figures), json(figures, ""));
  }

  private int hour(Simulation simulation, Running running, Hour hour) throws IOException {
    Measurement measurement = running.measuring(simulation);
    running.work(hour, null);
    Measurement.Figures figures = running.measured(measurement);
    Hour.Waited waited = hour.waited();
    running.end(hour);
    String text =
        String.format(
            Locale.ROOT,
            "%nFrom the moment each was due to its ACK: p50 %.2f ms, p99 %.2f ms, max %.2f ms;"
                + " begun late by p99 %.2f ms, max %.2f ms",
            waited.p50() / 1e3,
            waited.p99() / 1e3,
            waited.max() / 1e3,
            waited.lateP99() / 1e3,
            waited.lateMax() / 1e3);
    String json =
        String.format(
            Locale.ROOT,
            ", \"due\": {\"p50\": %d, \"p99\": %d, \"max\": %d}, \"late\": {\"p99\": %d, \"max\": %d}",
            waited.p50(),
            waited.p99(),
            waited.max(),
            waited.lateP99(),
            waited.lateMax());
    return running.summary(text(figures) + text, json(figures, json));
  }

  private int idle(Simulation simulation, Running running, Idle idle) throws IOException {
    idle.start();
    running.until(() -> idle.idle() >= connections());
    Measurement measurement = running.measuring(simulation);
    running.await(idle, duration);
    long open = simulation.totals().snapshot().open();
    Measurement.Figures figures = running.measured(measurement);
    running.end(idle);
    String json = String.format(Locale.ROOT, ", \"idle\": %d", open);
    return running.summary(String.format("%n%d idle sessions", open), json(figures, json));
  }

  private static String text(Measurement.Figures figures) {
    return String.format(
        Locale.ROOT,
        "%nMeasured %.1f s: %.0f records/s, %.0f sessions/s, ACK p50 %.2f ms, p99 %.2f ms; %.1f s of"
            + " processor here",
        figures.seconds(),
        figures.recordsPerSecond(),
        figures.sessionsPerSecond(),
        figures.totals().p50() / 1e3,
        figures.totals().p99() / 1e3,
        figures.cpuSeconds());
  }

  private String json(Measurement.Figures figures, String more) {
    return String.format(
        Locale.ROOT,
        ",%n \"measured\": {\"seconds\": %.3f, \"records\": %d, \"recordsPerSecond\": %.1f,"
            + " \"sessionsPerSecond\": %.1f, \"connections\": %d, \"recordsPerFrame\": %d,"
            + " \"sessions\": \"%s\", \"p50\": %d, \"p99\": %d, \"max\": %d, \"cpuSeconds\": %.3f%s}",
        figures.seconds(),
        figures.records(),
        figures.recordsPerSecond(),
        figures.sessionsPerSecond(),
        connections(),
        options.records,
        options.kind.name().toLowerCase(Locale.ROOT),
        figures.totals().p50(),
        figures.totals().p99(),
        figures.totals().max(),
        figures.cpuSeconds(),
        more);
  }
}
