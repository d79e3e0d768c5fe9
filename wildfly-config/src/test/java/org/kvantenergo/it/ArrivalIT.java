package org.kvantenergo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.simulator.Replay;
import org.kvantenergo.simulator.Totals;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.HelloAck;

/** What modules send through TCP is in the archive, and what they are answered comes in order. */
class ArrivalIT {
  private static final int SESSIONS_AT_ONCE = 1_000;

  private static KvantInstance kvant;

  @BeforeAll
  static void start() throws Exception {
    kvant =
        KvantInstance.start(
            "arrival", Map.of("kvant.demo.modules", Integer.toString(SESSIONS_AT_ONCE + 10)));
  }

  @AfterAll
  static void stop() {
    kvant.close();
  }

  @Test
  void everyRecordedRowArrivesAndTheNewestIsCurrent() throws Exception {
    Instant before = Instant.now();
    Totals.Snapshot counts = Replay.run("127.0.0.1", kvant.modulePort(), new Replay.Listener() {});
    assertThat(counts.clean()).isTrue();
    assertThat(counts.stored()).isEqualTo(42);

    List<RecordedRow> rows = RecordedRow.all();
    assertThat(rows).hasSize(41);
    try (Connection connection = kvant.connect()) {
      for (RecordedRow row : rows) {
        assertArchived(connection, row, before);
      }
      Map<Long, List<RecordedRow>> byModule =
          rows.stream().collect(Collectors.groupingBy(row -> row.whole("imei")));
      assertThat(byModule).hasSize(2);
      for (List<RecordedRow> ofModule : byModule.values()) {
        assertCurrent(connection, ofModule);
      }
    }
  }

  private static void assertArchived(Connection connection, RecordedRow row, Instant before)
      throws Exception {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT r.* FROM reading r JOIN device d ON d.id = r.device_id
            WHERE d.imei = ? AND d.state = 'REGISTERED' AND r.record_number = ?
            """)) {
      query.setLong(1, row.whole("imei"));
      query.setLong(2, row.whole("record_number"));
      try (ResultSet found = query.executeQuery()) {
        assertThat(found.next()).as("row %s", row).isTrue();
        assertThat(time(found, "module_time")).isEqualTo(row.time("module_time"));
        assertThat(time(found, "meter_time")).isEqualTo(row.time("meter_time"));
        assertThat(time(found, "received_at")).isBetween(before, Instant.now());
        if (row.readingIsValid()) {
          assertThat(found.getDouble("reading")).isEqualTo(row.fraction("reading_m3"));
        }
        assertThat(found.getDouble("temperature"))
            .isCloseTo(row.fraction("temperature_c"), within(2e-6));
        assertThat(found.getDouble("battery")).isCloseTo(row.fraction("battery_v"), within(5e-7));
        assertThat(found.getDouble("resource"))
            .isCloseTo(row.fraction("resource_percent"), within(5e-7));
        assertThat(found.getLong("status")).isEqualTo(row.whole("status"));
        assertThat(found.getLong("measurement_errors")).isEqualTo(row.whole("measurement_errors"));
        assertThat(found.getLong("hardware_errors")).isEqualTo(row.whole("hardware_errors"));
        assertThat(found.getLong("rssi")).isEqualTo(row.whole("rssi_dbm"));
        assertThat(found.getLong("sessions_total")).isEqualTo(row.whole("sessions_total"));
        assertThat(found.next()).as("a second copy of %s", row).isFalse();
      }
    }
  }

  private static void assertCurrent(Connection connection, List<RecordedRow> rows)
      throws Exception {
    Comparator<RecordedRow> age =
        Comparator.comparing((RecordedRow row) -> row.time("module_time"))
            .thenComparing(row -> row.whole("record_number"));
    RecordedRow newest = rows.stream().max(age).orElseThrow();
    RecordedRow newestReading =
        rows.stream().filter(RecordedRow::readingIsValid).max(age).orElseThrow();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT s.* FROM device_state s JOIN device d ON d.id = s.device_id
            WHERE d.imei = ? AND d.state = 'REGISTERED'
            """)) {
      query.setLong(1, newest.whole("imei"));
      try (ResultSet state = query.executeQuery()) {
        assertThat(state.next()).isTrue();
        assertThat(time(state, "module_time")).isEqualTo(newest.time("module_time"));
        assertThat(state.getLong("record_number")).isEqualTo(newest.whole("record_number"));
        assertThat(state.getDouble("battery"))
            .isCloseTo(newest.fraction("battery_v"), within(5e-7));
        // After a reset of the meter the smaller reading is the current one.
        assertThat(state.getDouble("reading")).isEqualTo(newestReading.fraction("reading_m3"));
      }
    }
  }

  private static Instant time(ResultSet row, String column) throws Exception {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  @Test
  void twoSessionsInOneSegmentEachAreAnsweredInOrder() throws Exception {
    try (Talk first = new Talk(kvant.modulePort());
        Talk second = new Talk(kvant.modulePort())) {
      first.sendAtOnce(session(SESSIONS_AT_ONCE + 1));
      second.sendAtOnce(session(SESSIONS_AT_ONCE + 2));
      assertAnswered(first.answers(3));
      assertAnswered(second.answers(3));
    }
  }

  @Test
  void byteByByteIsAnsweredInOrder() throws Exception {
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendByteByByte(session(SESSIONS_AT_ONCE + 3));
      assertAnswered(talk.answers(3));
    }
  }

  @Test
  void thousandSessionsAtOnceAreAnsweredInOrder() throws Exception {
    List<Talk> talks = new ArrayList<>();
    try {
      for (int i = 0; i < SESSIONS_AT_ONCE; i++) {
        talks.add(new Talk(kvant.modulePort()));
      }
      for (int i = 0; i < SESSIONS_AT_ONCE; i++) {
        talks.get(i).sendAtOnce(session(i + 1));
      }
      for (Talk talk : talks) {
        assertAnswered(talk.answers(3));
      }
    } finally {
      for (Talk talk : talks) {
        talk.close();
      }
    }
  }

  private static byte[] session(int module) {
    long now = Instant.now().getEpochSecond();
    return Talk.session(
        ModuleIdentity.ofFleet(module), Talk.slice(1, now - 3600, 0.125), Talk.slice(2, now, 0.25));
  }

  private static void assertAnswered(List<Talk.Answer> answers) {
    assertThat(answers).extracting(Talk.Answer::seq).containsExactly(1, 2, 3);
    assertThat(answers.get(0).packet())
        .isInstanceOfSatisfying(
            HelloAck.class, ack -> assertThat(ack.result()).isEqualTo(HelloAck.Result.ACCEPTED));
    assertThat(answers.get(1).packet()).isEqualTo(new Ack(false, 0));
    assertThat(answers.get(2).packet()).isEqualTo(new Ack(false, 0));
  }
}
