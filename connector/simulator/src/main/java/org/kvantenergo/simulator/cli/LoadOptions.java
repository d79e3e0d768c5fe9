package org.kvantenergo.simulator.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What a load can be told besides how long it lasts. */
final class LoadOptions {

  @Option(
      names = "--sessions",
      paramLabel = "KIND",
      description =
          "kept: every connection has one frame of READINGS unanswered at any time. oneshot: one"
              + " whole session after the other. hour: every module once, a session each, when it is"
              + " due. relay: base stations with many blocks. idle: silent sessions. Default: kept.")
  LoadKind kind = LoadKind.KEPT;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "Connections at once. Default: 100; with hour what the limit of open files allows.")
  private Integer connections;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Records in a frame, 1..64, with kept and oneshot. Default: ${DEFAULT-VALUE}.")
  int records = 1;

  @Option(
      names = "--modules",
      paramLabel = "N",
      description =
          "Different modules: that take turns with oneshot (default: one a connection), that report"
              + " with hour (default: 1000).")
  private Integer modules;

  @Option(
      names = "--first",
      paramLabel = "I",
      description = "Number of the first module in the fleet. Default: ${DEFAULT-VALUE}.")
  int first = 1;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      description = "With hour: how long the moments are spread over. Default: 40s.")
  Duration within = Duration.ofSeconds(40);

  @Option(
      names = "--stations",
      paramLabel = "N",
      description = "With relay: base stations. Default: ${DEFAULT-VALUE}.")
  int stations = 1;

  @Option(
      names = "--blocks",
      paramLabel = "M",
      description =
          "With relay: telemetry blocks behind them, dealt out in turn. Default:"
              + " ${DEFAULT-VALUE}.")
  int blocks = 10_000;

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "With relay: records of a station that are unanswered at any time. Default:"
              + " ${DEFAULT-VALUE}.")
  int window = 100;

  /** At once, most. */
  int connections() {
    if (kind == LoadKind.RELAY) {
      return stations;
    }
    int most = kind == LoadKind.HOUR ? Math.min(modules(), OpenFiles.mostConnections()) : 100;
    return connections == null ? most : connections;
  }

  int modules() {
    if (modules != null) {
      return modules;
    }
    return kind == LoadKind.HOUR ? 1_000 : connections();
  }
}
