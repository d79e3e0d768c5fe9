package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

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
    return commandLine(interruption).execute(arguments);
  }

  /** The commands; for tests. */
  static CommandLine commandLine(Interruption interruption) {
    return new CommandLine(new Main(interruption))
        .setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler(Main::failed)
        .registerConverter(Duration.class, Durations::parse)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  /** The reason, not under the whole usage where nobody finds it. */
  private static int misused(ParameterException misuse, String[] arguments) {
    CommandLine command = misuse.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(misuse.getMessage());
    err.println("See `%s --help`.".formatted(command.getCommandSpec().qualifiedName()));
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** A file that fails is the user's to mend, and one line; anything else is a fault of ours. */
  private static int failed(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (!(failure instanceof IOException file)) {
      throw failure;
    }
    command.getErr().println(FileTrouble.of(file));
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
