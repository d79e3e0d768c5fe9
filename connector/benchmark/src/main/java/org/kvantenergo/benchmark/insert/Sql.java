package org.kvantenergo.benchmark.insert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements, each a resource of this package. */
final class Sql {

  private Sql() {}

  /** The text of {@code NAME.sql}. */
  static String of(String name) {
    try (InputStream in = Sql.class.getResourceAsStream(name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
