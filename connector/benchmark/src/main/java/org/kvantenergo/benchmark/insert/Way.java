package org.kvantenergo.benchmark.insert;

import java.sql.Connection;
import java.sql.SQLException;

/** How a batch gets into the tables. */
public enum Way {
  /** An array a column, taken apart by the statement. */
  UNNEST,
  /** COPY in binary into a temporary table, and from there on. */
  COPY;

  /** A writer on a connection of its own, which it closes. */
  Writer writer(Connection connection) throws SQLException {
    return switch (this) {
      case UNNEST -> new UnnestWriter(connection);
      case COPY -> new CopyWriter(connection);
    };
  }
}
