package org.kvantenergo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where tests on a server keep their data, and where the build put the server. */
public final class ItFolder {
  private ItFolder() {}

  /** An empty folder of this name; what an earlier run left there is gone. */
  public static Path fresh(String name) throws IOException {
    Path folder =
        Path.of(System.getProperty("kvant.it.folder", "target/it")).resolve(name).toAbsolutePath();
    if (Files.exists(folder)) {
      List<Path> old;
      try (Stream<Path> walk = Files.walk(folder)) {
        old = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : old) {
        Files.delete(path);
      }
    }
    return Files.createDirectories(folder);
  }

  static Path serverHome() {
    return Path.of(System.getProperty("kvant.server.home", "target/server")).toAbsolutePath();
  }

  /** The EAR that the build made. */
  public static Path ear() {
    return Path.of(System.getProperty("kvant.ear", "../ear/target/kvant.ear"))
        .toAbsolutePath()
        .normalize();
  }
}
