package org.kvantenergo.benchmark.insert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** {@link Way#COPY}. The temporary table is empty again after each commit. */
final class CopyWriter implements Writer {

  private final Connection connection;
  private final CopyManager copies;
  private final String copy;
  private final PreparedStatement archive;
  private final PreparedStatement state;
  private CopyRows encoded;

  CopyWriter(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute(Sql.of("staging"));
    }
    connection.setAutoCommit(false);
    copies = connection.unwrap(PGConnection.class).getCopyAPI();
    copy = Sql.of("staging-copy");
    archive = connection.prepareStatement(Sql.of("reading-staging"));
    state = connection.prepareStatement(Sql.of("state-staging"));
  }

  @Override
  public int write(Rows rows) throws SQLException {
    if (encoded == null) {
      encoded = new CopyRows(rows.size);
    }
    encoded.encode(rows);
    CopyIn in = copies.copyIn(copy);
    in.writeToCopy(encoded.bytes(), 0, encoded.length());
    in.endCopy();
    int fresh = archive.executeUpdate();
    state.executeUpdate();
    connection.commit();
    return fresh;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
