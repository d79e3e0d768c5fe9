package org.kvantenergo.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
  private static final int COMMITS = 500;

  private Machine() {}

  static String describe() throws IOException {
    return String.format(
        Locale.ROOT,
        "%d × %s, %s memory, %s %s, Java %s, PostgreSQL %s",
        Runtime.getRuntime().availableProcessors(),
        line("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
        memory(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Runtime.version().feature(),
        EmbeddedDatabase.MAJOR_VERSION);
  }

  private static String memory() throws IOException {
    String kilobytes = line("/proc/meminfo", "MemTotal", "").replaceAll("\\D", "");
    return kilobytes.isEmpty() ? "unknown" : Long.parseLong(kilobytes) / 1_000_000 + " GB";
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

  /** The median of one small commit after the other: what the disk's flush costs here, ms. */
  static String commitMillis(DatabaseAddress address) throws SQLException {
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
    return String.format(Locale.ROOT, "%.2f ms", nanos[COMMITS / 2] / 1e6);
  }
}
