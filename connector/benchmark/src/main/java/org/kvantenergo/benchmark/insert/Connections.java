package org.kvantenergo.benchmark.insert;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from. */
@FunctionalInterface
public interface Connections {

  /** A new connection that commits each statement by itself; whoever asks closes it. */
  Connection open() throws SQLException;
}
