package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.DatabaseCheck;
import org.kvantenergo.launcher.DemoCertificate;
import org.kvantenergo.launcher.EmbeddedDatabase;
import org.kvantenergo.launcher.Folders;
import org.kvantenergo.launcher.LaunchMessage;
import org.kvantenergo.launcher.Ports;
import org.kvantenergo.launcher.Server;
import org.kvantenergo.launcher.ServerSetup;
import org.kvantenergo.launcher.SimulatorProcess;
import org.kvantenergo.launcher.fill.ArchiveFiller;
import org.kvantenergo.launcher.fill.FillOrder;

/**
 * What runs during the whole suite: a fresh database, a server on it, and the bare echo. The
 * programs that ask are started on it one after the other.
 */
final class Stage implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(10);
  private static final int ECHO_SECONDS = 30;

  private final Place place;
  private final EmbeddedDatabase database;
  private final Server server;
  private final int tlsPort;
  private final int echoPort = Ports.free();
  private volatile SimulatorProcess echo;
  private volatile SimulatorProcess asking;
  private long archived;
  private boolean closed;

  private Stage(Place place, EmbeddedDatabase database, Server server, int tlsPort) {
    this.place = place;
    this.database = database;
    this.server = server;
    this.tlsPort = tlsPort;
  }

  /** Starts database and server, with devices for every load. */
  static Stage open(Place place, BenchOptions options, Map<String, String> devices)
      throws IOException, InterruptedException {
    Folders.delete(place.folder());
    Files.createDirectories(place.folder());
    EmbeddedDatabase database = EmbeddedDatabase.start(place.folder().resolve("postgres"));
    try {
      int tlsPort = Ports.free();
      Server server = Server.start(setup(place, options, devices, database.address(), tlsPort));
      Stage stage = new Stage(place, database, server, tlsPort);
      Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "bench-stop"));
      try {
        server.awaitReady(LONGEST_START);
        return stage;
      } catch (InterruptedException | RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static ServerSetup setup(
      Place place,
      BenchOptions options,
      Map<String, String> devices,
      DatabaseAddress database,
      int tlsPort)
      throws IOException, InterruptedException {
    Map<String, String> properties = new HashMap<>(devices);
    properties.put("kvant.demo", "true");
    properties.put("kvant.module.tls.port", Integer.toString(tlsPort));
    properties.put("kvant.module.tls.keystore", DemoCertificate.in(place.folder()).toString());
    return new ServerSetup(
        place.home(),
        place.folder().resolve("server"),
        place.ear(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        "127.0.0.1",
        options.heap(),
        database,
        properties,
        Map.of("KVANT_MODULE_TLS_PASSWORD", DemoCertificate.PASSWORD));
  }

  DatabaseAddress address() {
    return database.address();
  }

  int modulePort() {
    return server.setup().modulePort();
  }

  int tlsPort() {
    return tlsPort;
  }

  /** Where the pages are, without a slash at the end. */
  String url() {
    return "http://127.0.0.1:" + server.setup().httpPort();
  }

  ProcessHandle serverProcess() {
    return server.javaProcess();
  }

  /** A file of the run. */
  Path file(String name) {
    return place.folder().resolve(name);
  }

  /** The port of the bare echo, which is started when it is first asked for. */
  int echoPort() throws IOException, InterruptedException {
    if (echo == null) {
      CountDownLatch ready = new CountDownLatch(1);
      echo =
          SimulatorProcess.start(
              place.limits(),
              "512m",
              List.of("echo", "--port=" + echoPort),
              line -> {
                if (line.equals("ready")) {
                  ready.countDown();
                }
              });
      if (!ready.await(ECHO_SECONDS, TimeUnit.SECONDS)) {
        throw LaunchMessage.BENCH_UNCLEAN.exception("echo", 1);
      }
    }
    return echoPort;
  }

  /** Processor time so far, of the server and of PostgreSQL; s. */
  Cpu serverCpu() throws IOException {
    return new Cpu(
        ProcessTree.OF_THIS_MACHINE.seconds(serverProcess().pid()),
        ProcessTree.OF_THIS_MACHINE.seconds(database.postmaster().pid()));
  }

  /** Processor time so far, of the bare echo in the server's place. */
  Cpu echoCpu() throws IOException {
    return new Cpu(ProcessTree.OF_THIS_MACHINE.seconds(echo.process().pid()), 0);
  }

  /**
   * Each measurement begins with the same: nothing left to write of what was measured before it.
   */
  void checkpoint() throws SQLException {
    execute("CHECKPOINT");
  }

  /** Leaves no record in the archive; devices, states and sessions stay. */
  void emptyArchive() throws SQLException {
    execute("TRUNCATE reading");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DatabaseCheck.connect(database.superuser());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Fills the archive with the past of the devices that will report. */
  void fillArchive(FillOrder order, Consumer<String> lines)
      throws SQLException, InterruptedException {
    archived = ArchiveFiller.fill(address(), place.folder(), order, lines).records();
  }

  /** How many records the archive was filled with. */
  long archived() {
    return archived;
  }

  /** Runs the simulator. */
  void simulate(String heap, List<String> arguments, Consumer<String> lines)
      throws IOException, InterruptedException {
    run(place.simulator(), heap, arguments, lines);
  }

  /** Runs a program of the bare limits. */
  void limit(List<String> arguments, Consumer<String> lines)
      throws IOException, InterruptedException {
    run(place.limits(), "1g", arguments, lines);
  }

  private void run(Path jar, String heap, List<String> arguments, Consumer<String> lines)
      throws IOException, InterruptedException {
    try (SimulatorProcess process = keep(SimulatorProcess.start(jar, heap, arguments, lines))) {
      int exitCode = process.await();
      if (exitCode != 0) {
        throw LaunchMessage.BENCH_UNCLEAN.exception(String.join(" ", arguments), exitCode);
      }
    } finally {
      asking = null;
    }
  }

  private SimulatorProcess keep(SimulatorProcess process) {
    asking = process;
    return process;
  }

  /** Stops everything; also from the JVM's shutdown hook. */
  @Override
  public void close() {
    synchronized (database) {
      if (closed) {
        return;
      }
      closed = true;
      SimulatorProcess program = asking;
      if (program != null) {
        program.close();
      }
      try (database;
          server) {
        if (echo != null) {
          echo.close();
        }
      }
    }
  }

  /** Stops everything and gives the database's room on the disk back; the logs stay. */
  void discard() throws IOException {
    close();
    Folders.delete(place.folder().resolve("postgres/data"));
  }
}
