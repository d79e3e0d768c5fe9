package org.kvantenergo.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.EmbeddedDatabase;
import org.kvantenergo.launcher.Ports;
import org.kvantenergo.launcher.Server;
import org.kvantenergo.launcher.ServerSetup;

/**
 * A whole installation of its own: PostgreSQL with full durability and the provisioned server with
 * the EAR, on free ports, with the demo's data. Server and PostgreSQL can be killed, each by
 * itself, and started again on the same ports and data. One thread at a time.
 */
public final class KvantInstance implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Map<String, KvantInstance> SHARED = new ConcurrentHashMap<>();

  private final Path folder;
  private final ServerSetup setup;
  private EmbeddedDatabase database;
  private boolean databaseRuns = true;
  private Server server;

  /** Ways in which PostgreSQL ends without having written anything more. */
  public enum DatabaseEnd {
    /** As {@code pg_ctl stop -m immediate}: SIGQUIT. */
    IMMEDIATE("-QUIT"),
    /** SIGKILL of the postmaster: its backends notice and end. */
    KILLED("-KILL");

    private final String signal;

    DatabaseEnd(String signal) {
      this.signal = signal;
    }
  }

  private KvantInstance(Path folder, EmbeddedDatabase database, ServerSetup setup) {
    this.folder = folder;
    this.database = database;
    this.setup = setup;
  }

  /**
   * Starts both and waits until pages and modules are served.
   *
   * @param name the folder under target/it, emptied first
   * @param properties further system properties of the server
   */
  public static KvantInstance start(String name, Map<String, String> properties)
      throws IOException, InterruptedException {
    return start(name, properties, Map.of());
  }

  /**
   * The one instance of this name that all classes of a process share; its data is what earlier
   * ones left. It starts when it is asked for first, and stops with the process: what JUnit keeps
   * for a run ends with each class where there are several processes.
   *
   * @param name the folder under target/it
   * @param properties further system properties of the server
   */
  public static KvantInstance shared(String name, Map<String, String> properties) {
    return SHARED.computeIfAbsent(
        name,
        key -> {
          try {
            KvantInstance instance = start(name, properties);
            Runtime.getRuntime().addShutdownHook(new Thread(instance::close, "stop-" + name));
            return instance;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        });
  }

  /**
   * The same with settings that must not show in the process list.
   *
   * @param environment further environment variables of the server
   */
  public static KvantInstance start(
      String name, Map<String, String> properties, Map<String, String> environment)
      throws IOException, InterruptedException {
    return start(ItFolder.serverHome(), ItFolder.fresh(name), properties, environment);
  }

  /**
   * The same with a server that was provisioned otherwise.
   *
   * @param home that server
   * @param folder where the instance keeps all it has
   */
  static KvantInstance start(Path home, Path folder, Map<String, String> properties)
      throws IOException, InterruptedException {
    return start(home, folder, properties, Map.of());
  }

  private static KvantInstance start(
      Path home, Path folder, Map<String, String> properties, Map<String, String> environment)
      throws IOException, InterruptedException {
    EmbeddedDatabase database = EmbeddedDatabase.start(databaseFolder(folder));
    Map<String, String> all =
        new java.util.HashMap<>(Map.of("kvant.demo", "true", "kvant.warmup.seconds", "0"));
    all.putAll(properties);
    Map<String, String> variables = new java.util.HashMap<>(environment);
    variables.put("JBOSS_JAVA_SIZING", "-Xms256m -Xmx1g " + System.getProperty("kvant.it.jvm", ""));
    ServerSetup setup =
        new ServerSetup(
            home,
            folder.resolve("server"),
            ItFolder.ear(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            "127.0.0.1",
            "1g",
            database.address(),
            all,
            variables);
    KvantInstance instance = new KvantInstance(folder, database, setup);
    try {
      instance.startServer();
    } catch (IOException | InterruptedException | RuntimeException e) {
      instance.close();
      throw e;
    }
    return instance;
  }

  private static Path databaseFolder(Path folder) {
    return folder.resolve("postgres");
  }

  /** Starts the server again after {@link #kill()} or {@link #stopServer()}. */
  public void startServer() throws IOException, InterruptedException {
    server = Server.start(setup);
    server.awaitReady(LONGEST_START);
  }

  /** {@code kill -9} of the server; the database goes on. */
  public void kill() throws InterruptedException {
    server.kill();
  }

  /** Stops the server as an administrator would. */
  public void stopServer() {
    server.close();
  }

  /**
   * Ends PostgreSQL at once; the server goes on. Returns when no process of it is left.
   *
   * @throws IllegalStateException if it does not run
   */
  public void stopDatabase(DatabaseEnd how) throws IOException, InterruptedException {
    ProcessHandle postmaster = database.postmaster();
    List<ProcessHandle> all = new ArrayList<>(postmaster.children().toList());
    all.add(postmaster);
    signal(postmaster, how);
    // Backends hold the shared memory that a new postmaster must not find in use.
    all.forEach(process -> process.onExit().join());
    databaseRuns = false;
    Files.deleteIfExists(database.pidFile());
    database.close();
  }

  private static void signal(ProcessHandle process, DatabaseEnd how)
      throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    if (new ProcessBuilder("kill", how.signal, pid).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("process " + pid + " took no signal");
    }
  }

  /** Starts PostgreSQL again, on the same port and data; returns when it takes connections. */
  public void startDatabase() {
    int port = java.net.URI.create(database.address().url().substring("jdbc:".length())).getPort();
    database = EmbeddedDatabase.start(databaseFolder(folder), port);
    databaseRuns = true;
  }

  /** The server's Java process, below the script that started it. */
  public ProcessHandle serverProcess() {
    return server.javaProcess();
  }

  /** Where this instance keeps all it has. */
  public Path folder() {
    return folder;
  }

  /** Where pages are, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + setup.httpPort();
  }

  /** Where pages are by TLS, without a slash at the end; the certificate is self-signed. */
  public String httpsUrl() {
    return "https://localhost:" + setup.httpsPort();
  }

  /** Where health is, without a slash at the end. */
  public String managementUrl() {
    return "http://127.0.0.1:" + setup.managementPort();
  }

  public int modulePort() {
    return setup.modulePort();
  }

  /** A connection of the application's own role; the caller closes it. */
  public Connection connect() throws SQLException {
    DatabaseAddress address = database.address();
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }

  /** A connection of the superuser of PostgreSQL; the caller closes it. */
  public Connection connectAsSuperuser() throws SQLException {
    return DriverManager.getConnection(database.address().url(), "postgres", "");
  }

  public Path databaseLog() {
    return databaseFolder(folder).resolve("postgres.log");
  }

  /** Connections of the application's own role, each a new one. */
  public javax.sql.DataSource dataSource() {
    org.postgresql.ds.PGSimpleDataSource source = new org.postgresql.ds.PGSimpleDataSource();
    source.setUrl(database.address().url());
    source.setUser(database.address().user());
    source.setPassword(database.address().password());
    return source;
  }

  public Path log() {
    return setup.base().resolve("log/server.log");
  }

  @Override
  public void close() {
    try {
      if (server != null) {
        server.close();
      }
    } finally {
      if (databaseRuns) {
        database.close();
      }
    }
  }
}
