package org.kvantenergo.boot.internal;

import java.sql.SQLException;
import java.util.stream.Collectors;

/** What a log line has room for. */
final class OneLine {

  private static final int MOST = 400;

  private OneLine() {}

  /** The message of the innermost cause that is the database's, in one line. */
  static String of(Throwable failure) {
    Throwable said = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException) {
        said = t;
      }
    }
    String line =
        String.valueOf(said.getMessage())
            .lines()
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }
}
