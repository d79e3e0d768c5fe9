package org.kvantenergo.benchmark.insert;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/** {@link Way#UNNEST}. The driver sends the arrays in binary. */
final class UnnestWriter implements Writer {

  private final Connection connection;
  private final PreparedStatement archive;
  private final PreparedStatement state;

  UnnestWriter(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    archive = connection.prepareStatement(Sql.of("reading-unnest"));
    state = connection.prepareStatement(Sql.of("state-unnest"));
  }

  @Override
  public int write(Rows rows) throws SQLException {
    bind(archive, rows.columns());
    int fresh = archive.executeUpdate();
    bind(state, state(rows));
    state.executeUpdate();
    connection.commit();
    return fresh;
  }

  private static Object[] state(Rows r) {
    int devices = r.size / r.records;
    short[] protocols = new short[devices];
    int[] models = new int[devices];
    String[] iccids = new String[devices];
    Arrays.fill(protocols, PROTOCOL);
    Arrays.fill(models, MODEL);
    Arrays.fill(iccids, ICCID);
    Object none = newest(r, r.none);
    return new Object[] {
      newest(r, r.device),
      newest(r, r.session),
      protocols,
      models,
      iccids,
      newest(r, r.receivedAt),
      newest(r, r.moduleTime),
      newest(r, r.recordNumber),
      newest(r, r.meterTime),
      newest(r, r.resource),
      newest(r, r.temperature),
      newest(r, r.battery),
      none,
      none,
      none,
      none,
      none,
      newest(r, r.status),
      newest(r, r.rssi),
      newest(r, r.band),
      newest(r, r.period),
      newest(r, r.sessionsTotal),
      newest(r, r.sessionsDay),
      newest(r, r.reading)
    };
  }

  /** The values of the last record of each frame; the column itself where a record is a frame. */
  private static Object newest(Rows rows, Object column) {
    if (rows.records == 1) {
      return column;
    }
    int frames = rows.size / rows.records;
    Object last = Array.newInstance(column.getClass().getComponentType(), frames);
    for (int i = 0; i < frames; i++) {
      System.arraycopy(column, (i + 1) * rows.records - 1, last, i, 1);
    }
    return last;
  }

  private static void bind(PreparedStatement statement, Object[] columns) throws SQLException {
    for (int i = 0; i < columns.length; i++) {
      statement.setObject(i + 1, columns[i]);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
