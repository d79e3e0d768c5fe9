package org.kvantenergo.reading.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.kvantenergo.reading.Mark;
import org.kvantenergo.reading.ReadingStore;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.MeterRecord;

/**
 * One statement a batch: arrays in, what was new out. Rows go in in the order of the key, so that
 * two nodes that are sent the same records wait for each other instead of locking each other out.
 */
@ApplicationScoped
public class SqlReadingStore implements ReadingStore {

  private static final String INSERT =
      """
      insert into reading (device_id, module_time, record_number, digest, meter_time, received_at,
        session_id, reading, resource, temperature, battery, measurement_errors, temperature_errors,
        control_errors, calibration_errors, hardware_errors, status, rssi, band, period_minutes,
        sessions_total, sessions_day, marks, raw, batch_id, frame, position,
        frame_records)
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

  private final DataSource dataSource;
  private final Repeats repeats;

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
    Map<Identity, Integer> first = new HashMap<>(records.size() * 2);
    for (int i = 0; i < records.size(); i++) {
      first.putIfAbsent(Identity.of(records.get(i)), i);
    }
    BitSet fresh = new BitSet(records.size());
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(insert, records);
      try (ResultSet stored = insert.executeQuery()) {
        while (stored.next()) {
          fresh.set(
              first.get(
                  new Identity(
                      stored.getLong(1), stored.getLong(2), stored.getLong(3), stored.getLong(4))));
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException("storing " + records.size() + " records", e);
    }
    if (fresh.cardinality() < records.size()) {
      repeats.count(
          IntStream.range(0, records.size())
              .filter(i -> !fresh.get(i))
              .mapToObj(records::get)
              .toList());
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
