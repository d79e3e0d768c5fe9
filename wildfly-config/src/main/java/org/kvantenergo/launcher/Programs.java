package org.kvantenergo.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How programs are started. */
final class Programs {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private Programs() {}

  /**
   * What to put before a command so that Ctrl-C reaches the launcher alone, which then stops things
   * in order; nothing where there is no such program.
   */
  static List<String> ownSession() {
    return Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of();
  }
}
