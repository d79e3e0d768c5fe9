package org.kvantenergo.launcher;

import com.sun.management.OperatingSystemMXBean;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A PostgreSQL of our own, as durable as a real one, for trying things out and for tests. It
 * listens on loopback only and trusts who comes from there.
 */
public final class EmbeddedDatabase implements Database {
  /** The major version of the binaries in the build; data of another one cannot be read. */
  public static final String MAJOR_VERSION = "18";

  /** After a power failure PostgreSQL repeats its log first; that may take a while. */
  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  /** Of shared_buffers; MB. */
  private static final long LEAST_BUFFERS = 128;

  private static final long MOST_BUFFERS = 2_048;

  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private static final String PID_FILE = "data/postmaster.pid";

  /** In that file, from 0. */
  private static final int PORT_LINE = 3;

  // The library logs through it; a reference of our own keeps the level from being collected.
  private static final Logger LIBRARY = Logger.getLogger("io.zonky.test.db.postgres");

  private final EmbeddedPostgres postgres;
  private final Path folder;

  private EmbeddedDatabase(EmbeddedPostgres postgres, Path folder) {
    this.postgres = postgres;
    this.folder = folder;
  }

  /**
   * @param folder keeps {@code data}, the unpacked {@code binaries} and {@code postgres.log}
   */
  public static EmbeddedDatabase start(Path folder) {
    return start(folder, Ports.free());
  }

  /**
   * @param folder as above
   * @param port where it listens on loopback
   */
  public static EmbeddedDatabase start(Path folder, int port) {
    LIBRARY.setLevel(Level.OFF);
    Path data = folder.resolve("data");
    Path log = folder.resolve("postgres.log");
    requireOurVersion(data);
    try {
      Files.createDirectories(folder);
      // The library lets everybody write into the binaries below.
      Files.setPosixFilePermissions(folder, OURS_ALONE);
      // What a first start left when it was killed is not a database yet.
      if (Files.exists(data) && Files.notExists(data.resolve("kvant-complete"))) {
        Folders.delete(data);
      }
      EmbeddedPostgres postgres = configure(folder, data, log).setPort(port).start();
      EmbeddedDatabase database = new EmbeddedDatabase(postgres, folder);
      try {
        database.createApplicationDatabase();
        DatabaseCheck.notDurable(database.address())
            .ifPresent(
                line -> {
                  throw new LaunchException(line);
                });
        Files.writeString(data.resolve("kvant-complete"), "");
      } catch (SQLException | IOException | RuntimeException e) {
        database.close();
        throw e;
      }
      return database;
    } catch (LaunchException e) {
      throw e;
    } catch (IOException | SQLException | RuntimeException e) {
      throw LaunchMessage.EMBEDDED_DATABASE_FAILED.exception(DatabaseCheck.oneLine(e), log);
    }
  }

  private static EmbeddedPostgres.Builder configure(Path folder, Path data, Path log) {
    ProcessBuilder.Redirect toLog = ProcessBuilder.Redirect.appendTo(log.toFile());
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
        .setPGStartupWait(LONGEST_START)
        .setOutputRedirector(toLog)
        .setErrorRedirector(toLog)
        // The same order of texts on every machine, whatever its locales.
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("shared_buffers", sharedBuffers())
        // A checkpoint in the middle of the burst after the hour makes PostgreSQL write whole pages
        // again: 2 GB of log, that of some 300,000 modules on a full archive, come before one.
        .setServerConfig("max_wal_size", "4GB")
        .setServerConfig("checkpoint_timeout", "15min")
        .setServerConfig("max_connections", "100");
  }

  /**
   * An eighth of the memory: beside PostgreSQL the server runs here, and often a simulator. Pages
   * over a million devices read each state, 434 MB, which PostgreSQL keeps only if they are less
   * than a quarter of this.
   */
  private static String sharedBuffers() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long eighth = (machine.getTotalMemorySize() / 8) >> 20;
    return Math.min(Math.max(eighth, LEAST_BUFFERS), MOST_BUFFERS) + "MB";
  }

  private static void requireOurVersion(Path data) {
    Path version = data.resolve("PG_VERSION");
    if (Files.exists(version)) {
      String major = Folders.read(version).strip();
      if (!major.equals(MAJOR_VERSION)) {
        throw LaunchMessage.DATA_OTHER_POSTGRES.exception(data, major, MAJOR_VERSION);
      }
    }
  }

  private void createApplicationDatabase() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = 'kvant'")) {
        statement.execute("CREATE ROLE kvant LOGIN");
      }
      if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = 'kvant'")) {
        statement.execute("CREATE DATABASE kvant OWNER kvant");
      }
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  @Override
  public DatabaseAddress address() {
    return application(postgres.getPort());
  }

  /**
   * The one that runs on this folder, started by whomever.
   *
   * @return empty if none does
   */
  public static Optional<DatabaseAddress> running(Path folder) {
    Path file = folder.resolve(PID_FILE);
    List<String> lines = Files.exists(file) ? Folders.read(file).lines().toList() : List.of();
    return lines.size() > PORT_LINE
            && ProcessHandle.of(Long.parseLong(lines.get(0).strip())).isPresent()
        ? Optional.of(application(Integer.parseInt(lines.get(PORT_LINE).strip())))
        : Optional.empty();
  }

  private static DatabaseAddress application(int port) {
    return new DatabaseAddress("jdbc:postgresql://localhost:" + port + "/kvant", "kvant", "");
  }

  /** The same database as its superuser. */
  public DatabaseAddress superuser() {
    return new DatabaseAddress(address().url(), "postgres", "");
  }

  /**
   * The process that all others of this PostgreSQL come from.
   *
   * @throws IllegalStateException if it does not run
   */
  public ProcessHandle postmaster() {
    Path file = pidFile();
    String pid = Files.exists(file) ? Folders.read(file).lines().findFirst().orElse("") : "";
    return ProcessHandle.of(pid.isBlank() ? -1 : Long.parseLong(pid.strip()))
        .orElseThrow(() -> new IllegalStateException("No PostgreSQL runs on " + folder));
  }

  /** Where PostgreSQL says which process it is; stays behind when it is killed. */
  public Path pidFile() {
    return folder.resolve(PID_FILE);
  }

  @Override
  public String description() {
    return "PostgreSQL "
        + MAJOR_VERSION
        + " (embedded, data in "
        + folder
        + ", "
        + address().url()
        + ", user kvant)";
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
