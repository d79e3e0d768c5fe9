package org.kvantenergo.simulator.cli;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. */
@Command(
    name = "kvant-simulator",
    description = "Simulated telemetry modules for a Kvant-Energo server.",
    mixinStandardHelpOptions = true,
    version = "Protocol version 5",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:Every record was acknowledged and no answer was against the protocol.",
      " 1:Something was not acknowledged, or was answered wrongly.",
      " 2:The command line was not understood."
    },
    footerHeading = "%nTimes: 250ms, 20s, 5m, 1h. Ctrl-C ends a run in good order.%n",
    subcommands = {
      ReplayCommand.class,
      LiveCommand.class,
      FleetCommand.class,
      LoadCommand.class,
      TalkCommand.class
    })
public final class Main {

  private final Interruption interruption;

  private Main(Interruption interruption) {
    this.interruption = interruption;
  }

  Interruption interruption() {
    return interruption;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::fromShutdown, "interruption"));
    int code = execute(interruption, arguments);
    interruption.ended(code);
    System.exit(code);
  }

  /** Runs a command; for tests. */
  static int execute(Interruption interruption, String... arguments) {
    return new CommandLine(new Main(interruption))
        .registerConverter(Duration.class, Durations::parse)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .execute(arguments);
  }
}
