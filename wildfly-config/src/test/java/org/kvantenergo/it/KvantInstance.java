package org.kvantenergo.it;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.EmbeddedDatabase;
import org.kvantenergo.launcher.Ports;
import org.kvantenergo.launcher.Server;
import org.kvantenergo.launcher.ServerSetup;

/**
 * A whole installation of its own: PostgreSQL with full durability and the provisioned server with
 * the EAR, on free ports, with the demo's data. Its server can be killed and started again on the
 * same data.
 */
public final class KvantInstance implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private final EmbeddedDatabase database;
  private final ServerSetup setup;
  private Server server;

  private KvantInstance(EmbeddedDatabase database, ServerSetup setup) {
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
    Path folder = ItFolder.fresh(name);
    EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"));
    Map<String, String> all = new java.util.HashMap<>(Map.of("kvant.demo", "true"));
    all.putAll(properties);
    ServerSetup setup =
        new ServerSetup(
            ItFolder.serverHome(),
            folder.resolve("server"),
            ItFolder.ear(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            "127.0.0.1",
            "1g",
            database.address(),
            all,
            Map.of());
    KvantInstance instance = new KvantInstance(database, setup);
    try {
      instance.startServer();
    } catch (IOException | InterruptedException | RuntimeException e) {
      instance.close();
      throw e;
    }
    return instance;
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

  /** Where pages are, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + setup.httpPort();
  }

  public int modulePort() {
    return setup.modulePort();
  }

  /** A connection of the application's own role; the caller closes it. */
  public Connection connect() throws SQLException {
    DatabaseAddress address = database.address();
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }

  public Path log() {
    return setup.base().resolve("log/server.log");
  }

  @Override
  public void close() {
    try (database) {
      if (server != null) {
        server.close();
      }
    }
  }
}
