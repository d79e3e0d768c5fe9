package org.kvantenergo.launcher.fill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;

/** How much of the disk the records will take, judged by a sample. */
final class Room {
  private static final int SAMPLE = 20_000;

  /** Of the rows' room, what sorting the keys takes for a while. */
  private static final double SORTING = 0.25;

  /** The log may grow that much beyond the size at which a checkpoint is asked for. */
  private static final double LOG = 1.5;

  private Room() {}

  /**
   * What a record takes with its index, bytes. Leaves nothing behind.
   *
   * @param like whose twin the sample is written into
   */
  static double bytesOfARecord(
      Connection connection, Partition like, RecordCopy records, FillOrder order)
      throws SQLException {
    long first = order.rowsBefore(like.from());
    long end = Math.min(order.rowsBefore(like.to()), first + SAMPLE);
    try (Statement statement = connection.createStatement()) {
      like.makeTwin(statement);
      records.write(connection, like.twin(), first, end, new LongAdder());
      like.index(statement);
      long bytes = number(statement, "select pg_total_relation_size('%s')".formatted(like.twin()));
      return bytes / (double) (end - first);
    } finally {
      connection.rollback();
    }
  }

  /** What has to be free for that many bytes of records, bytes. */
  static long needed(Connection connection, double records) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long log = number(statement, "select pg_size_bytes(current_setting('max_wal_size'))");
      return (long) (records * (1 + SORTING) + Math.min(records, log * LOG));
    }
  }

  /** What is free where that folder lies, bytes. */
  static long free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
