package org.kvantenergo.reading.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.kvantenergo.reading.Mark;
import org.kvantenergo.reading.ReadingStore;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.shared.ServerMessage;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/**
 * What is most likely new goes in by COPY, which costs half as much but takes all or nothing; what
 * may have come before, and few records, by one statement that says what was new. Each goes in in
 * the order of the key, so that two nodes that are sent the same records mostly wait for each
 * other; where both ways have a part of a batch they may lock each other out, and PostgreSQL ends
 * one.
 */
@ApplicationScoped
public class SqlReadingStore implements ReadingStore {

  private static final System.Logger LOG = System.getLogger(SqlReadingStore.class.getName());

  private static final String COLUMNS =
      """
      reading (device_id, module_time, record_number, digest, meter_time, received_at,
        session_id, reading, resource, temperature, battery, measurement_errors, temperature_errors,
        control_errors, calibration_errors, hardware_errors, status, rssi, band, period_minutes,
        sessions_total, sessions_day, marks, raw, batch_id, frame, position,
        frame_records)
      """;

  private static final String COPY = "copy " + COLUMNS + " from stdin (format binary)";

  private static final String INSERT =
      "insert into "
          + COLUMNS
          + """
      select n.device_id, to_timestamp(n.module_time), n.record_number, n.digest,
        to_timestamp(n.meter_time), to_timestamp(n.received_at / 1000000.0::float8), n.session_id,
        n.reading, n.resource, n.temperature, n.battery, n.e1, n.e2, n.e3, n.e4, n.e5, n.status,
        n.rssi, n.band, n.period_minutes, n.sessions_total, n.sessions_day, n.marks, n.raw,
        n.batch_id, n.frame, n.position, n.frame_records
      from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
        ?::bigint[], ?::float8[], ?::float4[], ?::float4[], ?::float4[], ?::int[], ?::int[], ?::int[],
        ?::int[], ?::int[], ?::int[], ?::smallint[], ?::smallint[], ?::int[], ?::bigint[], ?::int[],
        ?::int[], ?::bytea[], ?::bigint[], ?::smallint[], ?::smallint[], ?::smallint[]) with ordinality
        as n(device_id, module_time, record_number, digest, meter_time, received_at, session_id,
        reading, resource, temperature, battery, e1, e2, e3, e4, e5, status, rssi, band,
        period_minutes, sessions_total, sessions_day, marks, raw, batch_id, frame, position,
        frame_records, place)
      order by n.device_id, n.module_time, n.record_number, n.digest, n.place
      on conflict do nothing
      returning device_id, extract(epoch from module_time)::bigint, record_number, digest
      """;

  /** Fewer are inserted sooner than COPY and its savepoint have been said. */
  static final int FEW = 32;

  /** No COPY for so long after one that met a record that was there, ns. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Comparator<MeterRecord> KEY =
      Comparator.<MeterRecord>comparingLong(r -> r.device().value())
          .thenComparingLong(MeterRecord::moduleTime)
          .thenComparingLong(MeterRecord::recordNumber)
          .thenComparingLong(MeterRecord::digest);

  private final DataSource dataSource;
  private final Repeats repeats;
  private final RecentRecords recent = new RecentRecords();
  private volatile long refusedAt = System.nanoTime() - PAUSE_NANOS;

  /** SQLSTATE of the refusal that was logged last. */
  private volatile String told = "";

  @Inject
  public SqlReadingStore(DataSource dataSource) {
    this.dataSource = dataSource;
    this.repeats = new Repeats(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlReadingStore() {
    this(null);
  }

  /** What makes a record the same record. */
  record Identity(long device, long moduleTime, long recordNumber, long digest) {

    static Identity of(MeterRecord r) {
      return new Identity(r.device().value(), r.moduleTime(), r.recordNumber(), r.digest());
    }
  }

  @Override
  public BitSet append(List<MeterRecord> records) {
    if (records.isEmpty()) {
      return new BitSet();
    }
    BitSet unseen = new BitSet(records.size());
    for (int i = 0; i < records.size(); i++) {
      unseen.set(i, !recent.seen(records.get(i).digest()));
    }
    BitSet fresh = store(records, unseen);
    if (fresh.cardinality() < records.size()) {
      repeats.count(
          IntStream.range(0, records.size())
              .filter(i -> !fresh.get(i))
              .mapToObj(records::get)
              .toList());
    }
    return fresh;
  }

  private BitSet store(List<MeterRecord> records, BitSet unseen) {
    BitSet all = new BitSet(records.size());
    all.set(0, records.size());
    try (Connection connection = dataSource.getConnection()) {
      if (unseen.cardinality() < FEW
          || System.nanoTime() - refusedAt < PAUSE_NANOS
          || !connection.isWrapperFor(PGConnection.class)
          || !copy(connection, unseen.stream().mapToObj(records::get).sorted(KEY).toList())) {
        return insert(connection, records, all);
      }
      all.andNot(unseen);
      if (!all.isEmpty()) {
        unseen.or(insert(connection, records, all));
      }
      return unseen;
    } catch (SQLException e) {
      throw new DatabaseException("storing " + records.size() + " records", e);
    }
  }

  /** Stores all of them or, if any was there or is refused, none; true if it has. */
  private boolean copy(Connection connection, List<MeterRecord> records) throws SQLException {
    InputStream rows = RecordRows.of(records);
    try (Statement statement = connection.createStatement()) {
      statement.execute("savepoint kvant_copy");
      try {
        if (copyIn(connection.unwrap(PGConnection.class), rows) == records.size()) {
          return true;
        }
      } catch (PSQLException e) {
        if (e.getServerErrorMessage() == null) {
          throw e;
        }
        refused(e);
      }
      // The statement that comes instead sorts out the repeats, and says what is wrong if it is
      // something else.
      statement.execute("rollback to savepoint kvant_copy");
      refusedAt = System.nanoTime();
      return false;
    }
  }

  /**
   * A COPY that was not answered leaves the driver one answer behind: whoever used the connection
   * then would take an old answer for their own. So it is closed.
   */
  private static long copyIn(PGConnection connection, InputStream rows) throws SQLException {
    try {
      return connection.getCopyAPI().copyIn(COPY, rows);
    } catch (SQLException | IOException e) {
      if (!(e instanceof PSQLException said && said.getServerErrorMessage() != null)) {
        ((Connection) connection).abort(Runnable::run);
      }
      throw e instanceof SQLException sql ? sql : new SQLException("copying", e);
    }
  }

  private void refused(PSQLException e) {
    String state = e.getSQLState();
    if (!new DatabaseException("copying", e).blamesData() && !state.equals(told)) {
      told = state;
      ServerMessage.COPY_REFUSED.log(LOG, state, e.getServerErrorMessage().getMessage());
    }
  }

  /** Stores those of the records, by their places; returns the places of those that are new. */
  private static BitSet insert(Connection connection, List<MeterRecord> records, BitSet places)
      throws SQLException {
    Map<Identity, Integer> first = new HashMap<>(places.cardinality() * 2);
    places.stream().forEach(i -> first.putIfAbsent(Identity.of(records.get(i)), i));
    BitSet fresh = new BitSet(records.size());
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(insert, places.stream().mapToObj(records::get).toList());
      try (ResultSet stored = insert.executeQuery()) {
        while (stored.next()) {
          fresh.set(
              first.get(
                  new Identity(
                      stored.getLong(1), stored.getLong(2), stored.getLong(3), stored.getLong(4))));
        }
      }
    }
    return fresh;
  }

  private static void bind(PreparedStatement insert, List<MeterRecord> records)
      throws SQLException {
    Columns<MeterRecord> columns = new Columns<>(insert, records);
    columns.longs(r -> r.device().value());
    columns.longs(MeterRecord::moduleTime);
    columns.longs(MeterRecord::recordNumber);
    columns.longs(MeterRecord::digest);
    columns.longs(MeterRecord::meterTime);
    columns.times(MeterRecord::receivedAt);
    columns.longs(MeterRecord::sessionId);
    columns.doubles(MeterRecord::reading);
    columns.floats(MeterRecord::resource);
    columns.floats(MeterRecord::temperature);
    columns.floats(MeterRecord::battery);
    columns.ints(MeterRecord::measurementErrors);
    columns.ints(MeterRecord::temperatureErrors);
    columns.ints(MeterRecord::controlErrors);
    columns.ints(MeterRecord::calibrationErrors);
    columns.ints(MeterRecord::hardwareErrors);
    columns.ints(MeterRecord::status);
    columns.shorts(MeterRecord::rssi);
    columns.shorts(MeterRecord::band);
    columns.ints(MeterRecord::periodMinutes);
    columns.longs(MeterRecord::sessionsTotal);
    columns.ints(MeterRecord::sessionsDay);
    columns.ints(SqlReadingStore::marks);
    columns.bytes(MeterRecord::bytes);
    columns.longs(r -> r.place().batchId());
    columns.shorts(r -> r.place().frame());
    columns.shorts(r -> r.place().position());
    columns.shorts(r -> r.place().records());
  }

  /** What the record itself shows to be odd. */
  static int marks(MeterRecord r) {
    int marks = r.clockPlausible() ? 0 : Mark.CLOCK.bit();
    if (r.readingClaimed() && !r.readingUsable()) {
      marks |= Mark.READING.bit();
    }
    if (!Float.isFinite(r.resource())
        || !Float.isFinite(r.temperature())
        || !Float.isFinite(r.battery())) {
      marks |= Mark.VALUE.bit();
    }
    return marks;
  }
}
