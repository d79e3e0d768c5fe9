package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.kvantenergo.simulator.SessionCounter;
import org.kvantenergo.simulator.dialogue.OwnDevices;
import org.kvantenergo.simulator.dialogue.Player;
import org.kvantenergo.simulator.dialogue.Script;
import org.kvantenergo.simulator.dialogue.ScriptException;
import org.kvantenergo.simulator.dialogue.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "talk",
    mixinStandardHelpOptions = true,
    description =
        "Play dialogues, scripts of what a device says and what it expects (docs/dialogues.md), and"
            + " print what goes over the wire. Exit code 1 if one goes otherwise than it says.")
final class TalkCommand implements Callable<Integer> {

  private final SessionCounter counter = new SessionCounter();
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The scripts, in this order.")
  private List<Path> files;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address of the server. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its module port. Default: ${DEFAULT-VALUE}.")
  private int port = 5642;

  @Option(
      names = "--tls-port",
      paramLabel = "PORT",
      description = "Its module port for TLS. Default: ${DEFAULT-VALUE}.")
  private int tlsPort = 5643;

  @Option(
      names = "--module",
      paramLabel = "IMEI:SERIAL",
      description =
          "A registered module that scripts may speak for; each script takes them in this order.")
  private List<String> modules = List.of();

  @Option(
      names = "--station",
      paramLabel = "SERIAL",
      description = "A registered base station, likewise.")
  private List<Long> stations = List.of();

  @Option(
      names = "--block",
      paramLabel = "SERIAL",
      description = "A registered telemetry block, likewise.")
  private List<Long> blocks = List.of();

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "Longest wait for an answer. Default: 30s.")
  private Duration patience = Duration.ofSeconds(30);

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Target target = target();
    for (Path file : files) {
      try {
        Script script = Script.read(file, file.toString());
        new Player(target, devices(), Clock.systemUTC(), out::println).play(script);
        out.println(file + ": as it says.");
      } catch (ScriptException e) {
        out.flush();
        spec.commandLine().getErr().println(e.getMessage());
        return 1;
      } finally {
        out.flush();
      }
    }
    return 0;
  }

  /** Where to; looks at all that the command line says, before anything is sent. */
  private Target target() {
    try {
      for (Path file : files) {
        FileTrouble.readable(file);
      }
      OwnDevices unused = devices();
      return new Target(host, port, tlsPort, patience);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), FileTrouble.of(e), e);
    } catch (IllegalArgumentException | ScriptException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private OwnDevices devices() {
    return new OwnDevices(
        modules, stations, blocks, () -> counter.next(Clock.systemUTC().instant()));
  }
}
