package org.kvantenergo.benchmark;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. */
@Command(
    name = "kvant-benchmark",
    description = "What this machine's database, network and codec can do, without a server.",
    mixinStandardHelpOptions = true,
    version = "Protocol version 5",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nTimes: 250ms, 20s, 5m, 1h.%n",
    subcommands = {InsertCommand.class, EchoCommand.class, CodecCommand.class})
public final class Main {

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs a command; for tests. */
  static int execute(String... arguments) {
    return new CommandLine(new Main())
        .registerConverter(Duration.class, Durations::parse)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .execute(arguments);
  }
}
