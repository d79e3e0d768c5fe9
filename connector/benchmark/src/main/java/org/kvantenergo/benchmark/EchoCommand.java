package org.kvantenergo.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.kvantenergo.benchmark.echo.BareEcho;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "echo",
    mixinStandardHelpOptions = true,
    description =
        "Answer modules as a server does, and keep nothing of what they send. Prints \"ready\" when"
            + " it listens; ends on SIGTERM.")
final class EchoCommand implements Callable<Integer> {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      required = true,
      description = "Port to listen on.")
  private int port;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (BareEcho echo = BareEcho.open(host, port)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("ready");
      out.flush();
      echo.awaitEnd();
    }
    return 0;
  }
}
