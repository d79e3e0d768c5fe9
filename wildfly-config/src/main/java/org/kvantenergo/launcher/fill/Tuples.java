package org.kvantenergo.launcher.fill;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table, in PostgreSQL's binary COPY format: for each row {@link #row},
 * then its fields in the order of the columns. One thread.
 */
final class Tuples implements AutoCloseable {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int SIZE = 1 << 16;

  /** More than the longest row takes. */
  private static final int ROOM = 1 << 10;

  /** 2000-01-01T00:00:00Z, s: where PostgreSQL counts from. */
  private static final long EPOCH = 946_684_800L;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);

  /**
   * Begins.
   *
   * @param into a table and its columns
   * @param frozen the rows need no vacuum later; the transaction must have made the table
   */
  Tuples(Connection connection, String into, boolean frozen) throws SQLException {
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + into + " from stdin (format binary" + (frozen ? ", freeze)" : ")"));
    buffer.put(SIGNATURE);
  }

  /** Begins a row of so many fields. */
  void row(int fields) throws SQLException {
    if (buffer.remaining() < ROOM) {
      flush();
    }
    buffer.putShort((short) fields);
  }

  void int8(long value) {
    buffer.putInt(Long.BYTES).putLong(value);
  }

  void int4(int value) {
    buffer.putInt(Integer.BYTES).putInt(value);
  }

  void int2(int value) {
    buffer.putInt(Short.BYTES).putShort((short) value);
  }

  void float8(double value) {
    buffer.putInt(Double.BYTES).putDouble(value);
  }

  void float4(float value) {
    buffer.putInt(Float.BYTES).putFloat(value);
  }

  /** A timestamptz, s since 1970. */
  void time(long second) {
    int8((second - EPOCH) * 1_000_000);
  }

  /** A text of at most 200 characters. */
  void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    buffer.putInt(bytes.length).put(bytes);
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** The rows are all there: without this call none is. */
  void end() throws SQLException {
    flush();
    buffer.putShort((short) -1);
    flush();
    copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
