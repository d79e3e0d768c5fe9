package org.kvantenergo.simulator.cli;

import java.time.Duration;
import org.kvantenergo.simulator.Fleet;
import picocli.CommandLine.Option;

/** Base stations beside the modules. */
final class StationOptions {

  private static final int BLOCKS_EACH = 10;

  @Option(
      names = "--stations",
      paramLabel = "N",
      description =
          "Base stations, those that a server registers with kvant.demo.stations. Default:"
              + " ${DEFAULT-VALUE}.")
  int stations;

  @Option(
      names = "--blocks",
      paramLabel = "M",
      description =
          "Telemetry blocks behind them, dealt out in turn, those that a server registers with"
              + " kvant.demo.blocks. Default: 10 a station.")
  private Integer blocks;

  @Option(
      names = "--ping",
      paramLabel = "TIME",
      description =
          "How often a base station says PING, to learn of commands; whole seconds, 1s to 9m."
              + " Default: 2m.")
  private Duration ping = Duration.ofMinutes(2);

  /** How many blocks. */
  int blocks() {
    return blocks == null ? stations * BLOCKS_EACH : blocks;
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if the numbers do not go together
   */
  Fleet.Stations plan() {
    if (ping.toMillis() % 1_000 != 0 || ping.toMinutes() > 9) {
      throw new IllegalArgumentException("--ping is whole seconds, 1s to 9m");
    }
    return new Fleet.Stations(stations, blocks(), (int) ping.toSeconds());
  }
}
