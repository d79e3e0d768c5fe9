package org.kvantenergo.launcher.fill;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.LaunchMessage;
import org.kvantenergo.simulator.ModuleIdentity;

/**
 * Fills the archive of a demo. Everything is written beside the archive, into a twin of each of its
 * partitions, and comes into it by one short exchange at the end: a server may be at work
 * meanwhile, and if it does not come to that, the archive is as it was. An archive is filled once.
 */
public final class ArchiveFiller {
  /** What the sessions that are said to have brought the records have for a node. */
  static final String NODE = "filler";

  static final long LOCK = 0x6B76616E74_03L;
  private static final double GIGA = 1e9;

  private static final String SESSIONS =
      """
      insert into device_session (id, device_id, node, remote_address, opened_at, ended_at,
        end_reason, protocol, model, firmware, iccid, authentication)
      select f.session_id, f.device_id, '%s', '127.0.0.1:0', '%s', '%s', 'BYE', 5, f.model,
        f.firmware, f.iccid, 'NONE'
      from fill_device f order by f.session_id
      """;

  private final DatabaseAddress address;
  private final Disk disk;
  private final FillOrder order;
  private final Consumer<String> lines;
  private boolean exchanged;
  private boolean done;

  private ArchiveFiller(
      DatabaseAddress address, Disk disk, FillOrder order, Consumer<String> lines) {
    this.address = address;
    this.disk = disk;
    this.order = order;
    this.lines = lines;
  }

  /**
   * What was done.
   *
   * @param records that are in the archive now
   * @param seconds from the first record to the exchange, statistics included
   * @param bytesOfARecord with its index, as they lie in the partitions
   */
  public record Filled(long records, double seconds, double bytesOfARecord) {
    /** Records a second. */
    public double rate() {
      return records / seconds;
    }
  }

  /**
   * The disk that a database lies on.
   *
   * @param name for people
   * @param free bytes
   */
  record Disk(Object name, LongSupplier free) {}

  /**
   * Fills it. What the server has made, it must have made: schema, partitions, the demo's
   * organisation.
   *
   * @param disk a folder of the disk that the database lies on; null if it cannot be seen from here
   * @param lines takes lines for people, also from other threads
   * @throws org.kvantenergo.launcher.LaunchException if this database is not to be filled, or has
   *     no room; its archive is as it was
   * @throws SQLException if the database refuses; what is there of the records is cleared away by
   *     the next attempt
   */
  public static Filled fill(
      DatabaseAddress address, Path disk, FillOrder order, Consumer<String> lines)
      throws SQLException, InterruptedException {
    return fill(address, disk == null ? null : new Disk(disk, () -> Room.free(disk)), order, lines);
  }

  static Filled fill(DatabaseAddress address, Disk disk, FillOrder order, Consumer<String> lines)
      throws SQLException, InterruptedException {
    ArchiveFiller filler = new ArchiveFiller(address, disk, order, lines);
    try (Connection connection = filler.connect()) {
      return filler.run(connection);
    }
  }

  /** Statements here may take an hour: there is no time limit on the socket. */
  private Connection connect() throws SQLException {
    Connection connection =
        DriverManager.getConnection(address.url(), address.user(), address.password());
    connection.setAutoCommit(false);
    return connection;
  }

  private Filled run(Connection connection) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      takeTurn(statement);
      try {
        return runAlone(connection, statement);
      } finally {
        // The server's end of a closed connection holds its locks for a moment longer.
        connection.rollback();
        statement.execute("select pg_advisory_unlock(" + LOCK + ")");
        connection.commit();
      }
    }
  }

  private Filled runAlone(Connection connection, Statement statement)
      throws SQLException, InterruptedException {
    requireEmpty(connection, statement);
    clear(connection);
    try {
      return fill(connection, statement);
    } finally {
      connection.rollback();
      if (!exchanged || done) {
        clear(connection);
      }
    }
  }

  private void takeTurn(Statement statement) throws SQLException {
    if (!flag(statement, "select to_regclass('device_state') is not null")) {
      throw LaunchMessage.FILL_NO_SCHEMA.exception(address.url());
    }
    if (!flag(statement, "select pg_try_advisory_lock(" + LOCK + ")")) {
      throw LaunchMessage.FILL_UNDER_WAY.exception(address.url());
    }
  }

  /** One that was stopped between the exchange and its last step is brought to its end here. */
  private void requireEmpty(Connection connection, Statement statement) throws SQLException {
    String first = "d.serial = " + ModuleIdentity.ofFleet(1).serial();
    if (flag(
        statement,
        """
        select exists (select from device d join device_session s on s.device_id = d.id
          where %s and s.node = '%s')
        """
            .formatted(first, NODE))) {
      if (flag(statement, "select to_regclass('%s') is not null".formatted(DeviceStates.NEWEST))) {
        DeviceStates.advance(
            connection, (int) number(statement, "select count(*) from " + FillDevices.TABLE));
        clear(connection);
      }
      throw LaunchMessage.FILL_DONE.exception(address.url());
    }
  }

  private Filled fill(Connection connection, Statement statement)
      throws SQLException, InterruptedException {
    List<Partition> partitions = Partition.between(statement, order.from(), order.until());
    if (partitions.stream().mapToLong(this::rows).sum() != order.records()) {
      throw LaunchMessage.FILL_NO_PARTITIONS.exception(
          address.url(), order.from(), order.until(), order.records());
    }
    FillDevices devices = FillDevices.prepare(connection, order);
    requireRoom(connection, Collections.max(partitions, Comparator.comparing(this::rows)), devices);
    double seconds;
    try (Progress progress = new Progress(order.records(), lines)) {
      writeAll(partitions, devices, progress);
      writeNewest(connection, devices);
      exchange(connection, statement, partitions);
      DeviceStates.advance(connection, order.devices());
      done = true;
      tidy(connection);
      seconds = progress.seconds();
    }
    long bytes = 0;
    for (Partition partition : partitions) {
      bytes += number(statement, "select pg_total_relation_size('" + partition.name() + "')");
    }
    return new Filled(order.records(), seconds, bytes / (double) order.records());
  }

  private long rows(Partition partition) {
    return order.rowsBefore(partition.to()) - order.rowsBefore(partition.from());
  }

  private void requireRoom(Connection connection, Partition fullest, FillDevices devices)
      throws SQLException {
    double bytes = Room.bytesOfARecord(connection, fullest, new RecordCopy(order, devices), order);
    long needed = Room.needed(connection, bytes * order.records());
    lines.accept(
        String.format(
            Locale.ROOT,
            "Filling the archive: %,d records of %,d modules, %s to %s; about %.0f bytes each,"
                + " %.1f GB while at it",
            order.records(),
            order.devices(),
            order.from(),
            order.until(),
            bytes,
            needed / GIGA));
    if (disk == null) {
      lines.accept("  The database's disk cannot be seen from here: see that it has that room.");
      return;
    }
    long free = disk.free().getAsLong();
    if (free < needed) {
      throw LaunchMessage.FILL_NO_ROOM.exception(
          order.records(), needed / GIGA, disk.name(), free / GIGA);
    }
  }

  private void writeAll(List<Partition> partitions, FillDevices devices, Progress progress)
      throws SQLException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(order.connections());
    try {
      List<Future<?>> writing = new ArrayList<>();
      for (Partition partition : partitions) {
        writing.add(
            threads.submit(
                () -> {
                  write(partition, devices, progress);
                  return null;
                }));
      }
      for (Future<?> one : writing) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** All in one transaction: what COPY writes into a table made in it is frozen from the start. */
  private void write(Partition partition, FillDevices devices, Progress progress)
      throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set local maintenance_work_mem = '256MB'");
      partition.makeTwin(statement);
      new RecordCopy(order, devices)
          .write(
              connection,
              partition.twin(),
              order.rowsBefore(partition.from()),
              order.rowsBefore(partition.to()),
              progress.written());
      partition.index(statement);
      connection.commit();
    }
  }

  private void writeNewest(Connection connection, FillDevices devices) throws SQLException {
    long newest = order.rowsBefore(order.newest());
    long before = order.rowsBefore(order.newest().minus(Duration.ofHours(1)));
    writeAside(connection, devices, DeviceStates.BEFORE, before, newest);
    writeAside(connection, devices, DeviceStates.NEWEST, newest, order.records());
  }

  private void writeAside(
      Connection connection, FillDevices devices, String table, long from, long to)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table " + table + " (like reading)");
      new RecordCopy(order, devices).write(connection, table, from, to, new LongAdder());
      statement.execute("analyze " + table);
      connection.commit();
    }
  }

  /** The archive is nobody else's from the lock to the commit: as short as can be. */
  private void exchange(Connection connection, Statement statement, List<Partition> partitions)
      throws SQLException {
    statement.execute(SESSIONS.formatted(NODE, order.from(), order.until()));
    statement.execute("lock table reading in access exclusive mode");
    for (Partition partition : partitions) {
      partition.exchange(connection);
    }
    connection.commit();
    exchanged = true;
  }

  /** The planner shall know what is there, and nobody find a vacuum at work afterwards. */
  private static void tidy(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("vacuum (analyze) device, device_session, device_state");
      statement.execute("analyze reading");
    } finally {
      connection.setAutoCommit(false);
    }
  }

  /** Tables of this filler, or of one that was killed. */
  private static void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              """
              select relname from pg_class
              where relkind = 'r' and relname like 'fill\\_%' and relnamespace =
                (select relnamespace from pg_class where oid = 'reading'::regclass)
              """)) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      for (String table : tables) {
        statement.execute("drop table " + table);
      }
      connection.commit();
    }
  }

  private static boolean flag(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
