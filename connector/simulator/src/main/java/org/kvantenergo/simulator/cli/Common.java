package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.simulator.net.Tls;
import picocli.CommandLine.Option;

/** Options of every command. */
final class Common {

  private static final int PLAIN_PORT = 5642;
  private static final int TLS_PORT = 5643;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address of the server. Default: ${DEFAULT-VALUE}.")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its module port. Default: 5642, with --tls 5643.")
  Integer port;

  @Option(
      names = "--tls",
      description = "TLS 1.2 or newer; whoever answers is trusted, unless --tls-ca is given.")
  boolean tls;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "TLS with a server whose certificate comes from those in this PEM file.")
  Path tlsCa;

  @Option(
      names = "--sources",
      paramLabel = "ADDRESS[-ADDRESS]",
      split = ",",
      description =
          "Local IPv4 addresses to come from in turn, e.g. 127.0.0.2-127.0.0.20. Default: what the"
              + " system chooses; to a loopback server with more than 20,000 connections at once,"
              + " as many loopback addresses as are needed.")
  List<String> sources = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Event loops. Default: half of the processors, at least 1.")
  int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description =
          "Append a line for every record after its ACK arrived: imei, serial, recordNumber,"
              + " moduleTime, first 8 bytes of SHA-256 of the 54 bytes in hex, ACK code.")
  Path journal;

  @Option(
      names = "--longest-wait",
      paramLabel = "TIME",
      description =
          "Cut every wait after a failed session, also the ones the server asks for. Default: no"
              + " cut; back-off 1 s to 1 min, HELLO_ACK 4 its retryAfter, REJECT 7 30 to 300 s.")
  Duration longestWait = Duration.ofDays(1);

  @Option(
      names = "--progress",
      paramLabel = "TIME",
      description = "Print a progress line that often. Default: 5s.")
  Duration progress = Duration.ofSeconds(5);

  @Option(names = "--quiet", description = "No progress lines; messages and the summary only.")
  boolean quiet;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the summary to a file as JSON, too.")
  Path json;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      description =
          "At the end wait so long for acknowledgements that are still out. Default: 30s; after"
              + " Ctrl-C 5s at most.")
  Duration drain = Duration.ofSeconds(30);

  /**
   * Starts what the modules share.
   *
   * @param connections most at once
   */
  Simulation simulation(int connections, DeviceOptions devices, PrintWriter err)
      throws IOException {
    FileTrouble.readable(tlsCa);
    FileTrouble.writable(json);
    return new Simulation(
        new Simulation.Settings(
            target().spreadFor(connections),
            threads,
            journal,
            longestWait,
            devices.keys(),
            devices.technological),
        Clock.systemUTC(),
        line -> {
          err.println(line);
          err.flush();
        });
  }

  private Target target() {
    boolean encrypted = tls || tlsCa != null;
    int defaultPort = encrypted ? TLS_PORT : PLAIN_PORT;
    return new Target(
        host, port == null ? defaultPort : port, addresses(), encrypted ? new Tls(tlsCa) : null);
  }

  private List<InetAddress> addresses() {
    List<InetAddress> addresses = new ArrayList<>();
    for (String source : sources) {
      int dash = source.indexOf('-');
      addresses.addAll(
          dash < 0
              ? Target.range(source, source)
              : Target.range(source.substring(0, dash), source.substring(dash + 1)));
    }
    return addresses;
  }
}
