package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.DatabaseCheck;
import org.kvantenergo.launcher.EmbeddedDatabase;

/**
 * What the figures were measured on.
 *
 * @param processors that Java sees
 * @param model of the processor
 * @param memoryBytes of the machine; 0 = unknown
 * @param system the kernel and its version
 * @param java version
 * @param postgres major version
 * @param openFiles most that a process may have
 * @param commitMillis the median of one small commit after the other: what the disk's flush costs
 */
record Machine(
    int processors,
    String model,
    long memoryBytes,
    String system,
    String java,
    String postgres,
    long openFiles,
    double commitMillis) {

  private static final int COMMITS = 500;

  /** This machine, with a database on it. */
  static Machine look(DatabaseAddress address) throws IOException, SQLException {
    String kilobytes = line("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", "");
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        line("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
        Long.parseLong(kilobytes) * 1024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        EmbeddedDatabase.MAJOR_VERSION,
        Descriptors.most(),
        commitMillis(address));
  }

  /** For people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%d × %s, %d GB memory, %s, Java %s, PostgreSQL %s, %,d open files a process; one small"
            + " commit (fsync on) %.2f ms, median",
        processors,
        model,
        Math.round(memoryBytes / 1e9),
        system,
        java,
        postgres,
        openFiles,
        commitMillis);
  }

  /** For the JSON. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("processors", processors);
    json.put("model", model);
    json.put("memoryBytes", memoryBytes);
    json.put("system", system);
    json.put("java", java);
    json.put("postgres", postgres);
    json.put("openFiles", openFiles);
    json.put("commitMillis", commitMillis);
    return json;
  }

  private static String line(String file, String name, String fallback) throws IOException {
    Path path = Path.of(file);
    if (Files.notExists(path)) {
      return fallback;
    }
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(fallback);
    }
  }

  private static double commitMillis(DatabaseAddress address) throws SQLException {
    long[] nanos = new long[COMMITS];
    try (Connection connection = DatabaseCheck.connect(address);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bench_commit (n integer)");
      for (int i = 0; i < COMMITS; i++) {
        long before = System.nanoTime();
        statement.execute("INSERT INTO bench_commit VALUES (1)");
        nanos[i] = System.nanoTime() - before;
      }
      statement.execute("DROP TABLE bench_commit");
    }
    Arrays.sort(nanos);
    return nanos[COMMITS / 2] / 1e6;
  }
}
