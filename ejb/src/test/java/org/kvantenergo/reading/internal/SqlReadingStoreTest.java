package org.kvantenergo.reading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;

/** What goes in by COPY and what by the statement that knows repeats, on the real archive. */
class SqlReadingStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final int MANY = SqlReadingStore.FEW;
  private static final byte[] BYTES =
      "fifty-four bytes, as they came, of a record of the wire".getBytes(StandardCharsets.US_ASCII);

  private final TestDatabase database = TestDatabase.create();
  private final SqlReadingStore store = new SqlReadingStore(database.dataSource());

  @Test
  void bothWaysStoreTheSame() throws Exception {
    List<MeterRecord> records = odd(1, MANY);
    assertThat(append(records)).isEqualTo(places(0, MANY));
    for (MeterRecord record : odd(2, MANY)) {
      assertThat(append(List.of(record))).isEqualTo(places(0, 1));
    }
    String rows =
        "select string_agg((to_jsonb(r) - 'device_id' - 'digest')::text, E'\\n' order by record_number)"
            + " from reading r where device_id = ";
    assertThat(database.value(rows + 1)).isEqualTo(database.value(rows + 2));
    assertThat(
            database.value(
                "select count(*) || ' ' || count(raw) || ' ' || min(received_at at time zone 'UTC')"
                    + " || ' ' || max(module_time at time zone 'UTC') from reading"))
        .isEqualTo("64 32 2026-11-21 12:00:00.123456 2106-02-07 06:28:15");
    assertThat(
            database.value(
                "select count(*) from (select float8send(reading), float4send(resource),"
                    + " float4send(temperature), float4send(battery), raw, marks, record_number"
                    + " from reading group by 1, 2, 3, 4, 5, 6, 7 having count(*) = 2) same"))
        .isEqualTo(Integer.toString(MANY));
  }

  @Test
  void whatComesAgainIsKnownWhicheverWayItComes() throws Exception {
    List<MeterRecord> records = records(1, 0, 2 * MANY);
    assertThat(append(records)).isEqualTo(places(0, 2 * MANY));
    assertThat(append(records)).isEqualTo(new BitSet());
    List<MeterRecord> mixed = records(1, MANY, 2 * MANY);
    assertThat(append(mixed)).as("half of them are remembered").isEqualTo(places(MANY, 2 * MANY));
    assertThat(database.value("select sum(times) from reading_repeat"))
        .isEqualTo(Integer.toString(3 * MANY));
  }

  @Test
  void aServerThatRemembersNothingKnowsRepeatsToo() throws Exception {
    append(records(1, 0, MANY));
    SqlReadingStore fresh = new SqlReadingStore(database.dataSource());
    List<MeterRecord> mixed = records(1, MANY / 2, MANY);
    assertThat(database.inTransaction(() -> fresh.append(mixed))).isEqualTo(places(MANY / 2, MANY));
    assertThat(database.value("select count(*) from reading"))
        .isEqualTo(Integer.toString(MANY + MANY / 2));
    assertThat(database.value("select sum(times) from reading_repeat"))
        .isEqualTo(Integer.toString(MANY / 2));
  }

  @Test
  void aRecordTwiceInABatchIsStoredOnce() throws Exception {
    List<MeterRecord> twice = new ArrayList<>(records(1, 0, MANY));
    twice.addAll(records(1, 0, 2));
    Collections.swap(twice, 0, MANY);
    assertThat(append(twice)).isEqualTo(places(0, MANY));
    assertThat(database.value("select count(*) from reading")).isEqualTo(Integer.toString(MANY));
  }

  @Test
  void whatIsRefusedSaysWhyAndTheTransactionGoesOn() throws Exception {
    database.execute("alter table reading add constraint poison check (record_number <> 7)");
    database.inTransaction(
        () -> {
          try (var statement = database.dataSource().getConnection().createStatement()) {
            statement.execute("savepoint part");
            assertThatThrownBy(() -> store.append(records(1, 0, MANY)))
                .isInstanceOfSatisfying(
                    DatabaseException.class, e -> assertThat(e.sqlState()).isEqualTo("23514"));
            statement.execute("rollback to savepoint part");
          }
          assertThat(store.append(records(1, 8, MANY))).isEqualTo(places(0, MANY));
          return null;
        });
    assertThat(database.value("select count(*) from reading")).isEqualTo(Integer.toString(MANY));
  }

  @Test
  void aConnectionThatHasNotAnsweredACopyIsNeverUsedAgain() throws Exception {
    database.inTransaction(
        () -> {
          // Whoever brings the same records has to wait for how this ends.
          store.append(records(1, 0, 1));
          SqlReadingStore other = new SqlReadingStore(database.dataSource());
          CompletableFuture<Void> waiting =
              CompletableFuture.runAsync(() -> assertClosedWithoutAnAnswer(other));
          assertThat(waiting).succeedsWithin(1, TimeUnit.MINUTES);
          return null;
        });
    assertThat(append(records(1, 0, MANY))).isEqualTo(places(1, MANY));
  }

  private void assertClosedWithoutAnAnswer(SqlReadingStore other) {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      Connection connection = database.dataSource().getConnection();
                      connection.setNetworkTimeout(Runnable::run, 200);
                      assertThatThrownBy(() -> other.append(records(1, 0, MANY)))
                          .isInstanceOfSatisfying(
                              DatabaseException.class,
                              e -> assertThat(e.databaseAway()).as("%s", e).isTrue());
                      assertThat(connection.isClosed()).isTrue();
                      return null;
                    }))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void whatATriggerLeavesOutIsNotSaidToBeStored() throws Exception {
    database.execute(
        "create function leave_out() returns trigger language plpgsql as"
            + " 'begin if new.record_number = 7 then return null; end if; return new; end'");
    database.execute(
        "create trigger leave_out before insert on reading for each row execute function leave_out()");
    BitSet stored = places(0, MANY);
    stored.clear(7);
    assertThat(append(records(1, 0, MANY))).isEqualTo(stored);
  }

  private BitSet append(List<MeterRecord> records) throws Exception {
    return database.inTransaction(() -> store.append(records));
  }

  private static BitSet places(int from, int to) {
    BitSet places = new BitSet();
    places.set(from, to);
    return places;
  }

  private static List<MeterRecord> records(long device, int from, int count) {
    return LongStream.range(from, from + count)
        .mapToObj(n -> record(device, n, NOW.getEpochSecond() + n, 12.5, 3.6f, null))
        .toList();
  }

  /** Values at their ends, NaN, and the bytes of a NaN that columns cannot hold. */
  private static List<MeterRecord> odd(long device, int count) {
    return LongStream.range(0, count)
        .mapToObj(
            n ->
                record(
                    device,
                    0xFFFF_FFFFL - n,
                    n % 3 == 0 ? 0xFFFF_FFFFL : NOW.getEpochSecond(),
                    n % 4 == 0 ? Double.longBitsToDouble(0x7FF8_0000_0000_0007L) : -0.0,
                    n % 5 == 0 ? Float.NEGATIVE_INFINITY : Float.intBitsToFloat(0x7FC0_0001),
                    n % 2 == 0 ? BYTES : null))
        .toList();
  }

  private static MeterRecord record(
      long device, long number, long at, double reading, float battery, byte[] bytes) {
    return new MeterRecord(
        new DeviceId(device),
        Long.MAX_VALUE,
        new MeterRecord.Place(9_000_000_001L, 499, 63, 64),
        NOW,
        device * 0x9E37_79B9_7F4A_7C15L * (number + 1),
        bytes,
        number,
        at,
        0xFFFF_FFFFL,
        reading,
        Float.MIN_VALUE,
        -40,
        battery,
        0xFFFF,
        1,
        2,
        3,
        4,
        0xFFFF,
        -128,
        255,
        0xFFFF,
        0xFFFF_FFFFL,
        0xFFFF);
  }
}
