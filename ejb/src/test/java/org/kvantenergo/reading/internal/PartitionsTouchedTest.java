package org.kvantenergo.reading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.reading.FrameArchive;
import org.kvantenergo.reading.RecordKey;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/**
 * The archive with 26 months, ten years and both catch-alls, filled and analyzed: which of the 38
 * partitions each of its statements touches, by PostgreSQL's own account of the transaction (what
 * was locked, how often each was scanned). Statements run often enough for the server to prepare
 * them and to think of a generic plan.
 */
class PartitionsTouchedTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String NOVEMBER = "reading_2026_11";

  /** The driver prepares after 5 executions, the server thinks of a generic plan after 5 more. */
  private static final int OFTEN = 12;

  private final TestDatabase database = TestDatabase.create();
  private final SqlReadingStore store = new SqlReadingStore(database.dataSource());
  private final SqlReadingArchive archive = new SqlReadingArchive(database.dataSource());
  private final SqlFrameArchive frames = new SqlFrameArchive(database.dataSource());
  private Scope scope;

  /** 40 devices with a record every seven hours since January 2025. */
  @BeforeEach
  void fill() throws Exception {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    database.inTransaction(
        () -> new SqlArchivePartitions(database.dataSource(), clock).ensureAhead());
    database.execute("insert into organisation (name, runs_installation) values ('К', true)");
    scope =
        new Scope(
            new OrganisationId(Long.parseLong(database.value("select id from organisation"))),
            true);
    database.execute(
        """
        insert into device (organisation_id, kind, state, imei, serial, model)
        select %d, 'MODULE', 'REGISTERED', 860000000000000 + n, n, 642 from generate_series(1, 40) n
        """
            .formatted(scope.organisation().value()));
    database.execute(
        """
        insert into reading
        select d.id, t, extract(epoch from t)::bigint / 25200, 7, t, t, 1, 1.5, 0, 20, 3.6, 0, 0, 0, 0,
          0, 4097, -80, 0, 420, 1, 1, 0, null, 1, 0, 0, 1
        from device d, generate_series(timestamptz '2025-01-01T00:00:00Z',
          timestamptz '2026-11-21T12:00:00Z', interval '7 hours') t
        """);
    database.execute("vacuum (analyze) reading");
    assertThat(
            database.value(
                "select count(*) from pg_inherits where inhparent = 'reading'::regclass"))
        .isEqualTo("38");
  }

  @Test
  void recordsOfThisMonthGoIntoThisMonthAlone() throws Exception {
    Touched touched =
        touched(
            n ->
                assertThat(fresh(record(1, NOW, n, 1), record(2, NOW, n, 1))).isEqualTo(two(0, 1)));
    assertThat(touched.locked()).containsExactly(NOVEMBER);
    assertThat(touched.inserted()).isEqualTo(Map.of(NOVEMBER, 2L * OFTEN));
  }

  @Test
  void repeatsAreLookedForInTheirMonthAlone() throws Exception {
    MeterRecord stored = record(1, NOW, 1, 1);
    database.inTransaction(() -> store.append(List.of(stored)));
    Touched touched = touched(n -> assertThat(fresh(stored)).isEqualTo(new BitSet()));
    assertThat(touched.locked()).containsExactly(NOVEMBER);
    assertThat(touched.inserted()).isEmpty();
    assertThat(touched.scans()).isEqualTo(Map.of(NOVEMBER, (long) OFTEN));
  }

  @Test
  void aBatchWithLateRecordsAndWrongClocksTouchesTheirsBesides() throws Exception {
    Instant late = Instant.parse("2026-10-31T23:59:59Z");
    Touched touched =
        touched(
            n ->
                fresh(record(1, NOW, n, 1), record(1, late, n, 1), record(2, Instant.EPOCH, n, 1)));
    assertThat(touched.locked())
        .containsExactly("reading_2026_10", NOVEMBER, "reading_before_2015");
    assertThat(touched.inserted().keySet()).isEqualTo(touched.locked());
  }

  /**
   * The number of all records is on the page: each partition is asked for its share once. The rows
   * themselves, the newest first, are sought from the last partition down to November, and there
   * each of them looks for the one before it and for another of the same number and time.
   */
  @Test
  void thePageOfADeviceReadsNoOlderPartitionsThanItsRowsAreIn() throws Exception {
    int rows = 20;
    Touched touched =
        touched(
            n ->
                assertThat(archive.list(scope, new DeviceId(1), new Slice(0, rows)).rows())
                    .hasSize(rows));
    Map<String, Long> later = new TreeMap<>(touched.scans());
    later.values().removeIf(scans -> scans == OFTEN);
    assertThat(touched.scans()).hasSize(38);
    assertThat(later)
        .isEqualTo(
            Map.of(
                "reading_after",
                2L * OFTEN,
                "reading_2027_02",
                2L * OFTEN,
                "reading_2027_01",
                2L * OFTEN,
                "reading_2026_12",
                2L * OFTEN,
                NOVEMBER,
                (2L + 2L * rows) * OFTEN));
  }

  @Test
  void aRecordAndItsFrameAreLookedForInTheirMonth() throws Exception {
    Instant middle = Instant.parse("2026-06-15T12:00:00Z");
    MeterRecord stored = record(1, middle, 1, 5);
    database.inTransaction(() -> store.append(List.of(stored)));
    RecordKey key = new RecordKey(middle, 1, stored.digest());
    Touched touched =
        touched(
            n -> {
              FrameArchive.Archived found = frames.find(scope, new DeviceId(1), key).orElseThrow();
              assertThat(frames.frame(found.record())).hasSize(1);
            });
    assertThat(touched.scans()).isEqualTo(Map.of("reading_2026_06", 2L * OFTEN));
  }

  private BitSet fresh(MeterRecord... records) {
    return store.append(List.of(records));
  }

  private static BitSet two(int first, int second) {
    BitSet set = new BitSet();
    set.set(first);
    set.set(second);
    return set;
  }

  private static MeterRecord record(long device, Instant at, long number, long batch) {
    return new MeterRecord(
        new DeviceId(device),
        1,
        new MeterRecord.Place(batch, 0, 0, 1),
        at,
        device * 1_000 + number,
        null,
        number,
        at.getEpochSecond(),
        at.getEpochSecond(),
        1.5,
        0,
        20,
        3.6f,
        0,
        0,
        0,
        0,
        0,
        4097,
        -80,
        0,
        60,
        1,
        1);
  }

  private interface Work {
    void run(int n);
  }

  /**
   * What a transaction did to the partitions.
   *
   * @param locked those that it locked
   * @param scans how often each was scanned, by an index or whole
   * @param inserted how many rows came into each
   */
  private record Touched(
      TreeSet<String> locked, Map<String, Long> scans, Map<String, Long> inserted) {}

  private Touched touched(Work work) throws Exception {
    return database.inTransaction(
        () -> {
          for (int n = 1; n <= OFTEN; n++) {
            work.run(100 + n);
          }
          return look();
        });
  }

  private Touched look() throws SQLException {
    Touched touched = new Touched(new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select c.relname, exists (select from pg_locks l
                    where l.pid = pg_backend_pid() and l.relation = c.oid) as locked,
                  coalesce(s.seq_scan, 0) + coalesce(s.idx_scan, 0) as scans, s.n_tup_ins
                from pg_inherits i join pg_class c on c.oid = i.inhrelid
                join pg_stat_xact_all_tables s on s.relid = c.oid
                where i.inhparent = 'reading'::regclass
                """)) {
      while (row.next()) {
        String name = row.getString("relname");
        if (row.getBoolean("locked")) {
          touched.locked().add(name);
        }
        if (row.getLong("scans") > 0) {
          touched.scans().put(name, row.getLong("scans"));
        }
        if (row.getLong("n_tup_ins") > 0) {
          touched.inserted().put(name, row.getLong("n_tup_ins"));
        }
      }
    }
    return touched;
  }
}
