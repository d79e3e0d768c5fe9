package org.kvantenergo.it.proof;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.kvantenergo.it.KvantInstance;

/** A way to make the database refuse records, and to mend it. */
interface Fault {
  void begin() throws Exception;

  void end() throws Exception;

  /** A statement that makes the fault and one that mends it, as the owner of the tables. */
  static Fault sql(KvantInstance kvant, String begin, String end) {
    return new Fault() {
      @Override
      public void begin() throws SQLException {
        execute(kvant, begin);
      }

      @Override
      public void end() throws SQLException {
        execute(kvant, end);
      }
    };
  }

  private static void execute(KvantInstance kvant, String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
