package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.SessionContact;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;

class SqlDeviceStatesTest {

  private static final Instant NOW = Instant.parse("2021-02-15T12:00:00.123456Z");
  private static final int VALID = 1;
  private static final int NONE = 8192;

  private static final String STATE =
      """
      select concat_ws(' ', extract(epoch from module_time)::bigint, record_number, status, reading,
        extract(epoch from reading_module_time)::bigint, reading_record_number,
        before_reading, extract(epoch from before_module_time)::bigint, before_record_number)
      from device_state where device_id = 1
      """;

  private final TestDatabase database = TestDatabase.create();
  private final SqlDeviceStates states = new SqlDeviceStates(database.dataSource());

  @BeforeEach
  void twoDevices() throws Exception {
    for (int serial = 1; serial <= 2; serial++) {
      database.execute(
          "insert into device (kind, state, imei, serial, model) values ('MODULE', 'UNREGISTERED',"
              + " 0, "
              + serial
              + ", 0)");
    }
  }

  @Test
  void everyOrderOfArrivalEndsInTheSameState() throws Exception {
    List<MeterRecord> records =
        List.of(
            record(10, at(-3600), 5.0, VALID),
            record(11, at(0), 0.25, VALID),
            record(12, at(0), 0.5, VALID),
            record(13, at(60), 9.0, NONE),
            record(14, 0, 70.0, VALID),
            record(15, 0xFFFFFFFFL, 80.0, VALID));

    List<List<MeterRecord>> orders = permutations(records);
    database.execute(
        "insert into device (kind, state, imei, serial, model)"
            + " select 'MODULE', 'UNREGISTERED', 1, n, 0 from generate_series(3, 720) n");
    // A device an order; the first batch brings the first record of each, and so on.
    for (int step = 0; step < records.size(); step++) {
      List<SessionContact> sessions = new ArrayList<>();
      List<MeterRecord> batch = new ArrayList<>();
      for (int i = 0; i < orders.size(); i++) {
        sessions.add(session(i + 1, 1, 642, "", NOW));
        batch.add(of(new DeviceId(i + 1), orders.get(i).get(step)));
      }
      advance(sessions, batch);
    }

    String expected = at(60) + " 13 8192 0.5 " + at(0) + " 12 0.25 " + at(0) + " 11";
    assertThat(database.value(STATE)).isEqualTo(expected);
    assertThat(
            database.value(
                "select count(*) || ' ' || count(distinct (module_time, record_number, status,"
                    + " reading, reading_module_time, reading_record_number, before_reading,"
                    + " before_module_time, before_record_number)) from device_state"))
        .isEqualTo("720 1");
    database.execute("truncate device_state");
    advance(1, records.toArray(MeterRecord[]::new));
    assertThat(database.value(STATE)).as("in one batch").isEqualTo(expected);
  }

  @Test
  void whatCannotBeATotalNeverBecomesOne() throws Exception {
    advance(1, record(1, at(-10), 5.0, VALID));
    advance(1, record(2, at(-9), Double.NaN, VALID));
    advance(1, record(3, at(-8), -0.001, VALID));
    advance(1, record(4, at(-7), Double.POSITIVE_INFINITY, VALID));
    advance(1, record(5, at(-6), 6.0, NONE));
    assertThat(database.value(STATE)).isEqualTo(at(-6) + " 5 8192 5 " + at(-10) + " 1");
    advance(1, record(6, at(-5), 0.0, VALID));
    assertThat(database.value(STATE))
        .isEqualTo(at(-5) + " 6 1 0 " + at(-5) + " 6 5 " + at(-10) + " 1");
  }

  @Test
  void aReadingFellAgainstTheOneBeforeItHoweverLateThatCame() throws Exception {
    advance(1, record(1, at(-20), 5.0, VALID));
    assertThat(fell()).as("nothing before").isEqualTo("f");
    advance(1, record(3, at(0), 4.0, VALID));
    assertThat(fell()).isEqualTo("t");
    advance(1, record(2, at(-10), 3.5, VALID));
    assertThat(fell()).as("one came late between them").isEqualTo("f");
    advance(1, record(1, at(-20), 5.0, VALID), record(2, at(-10), 3.5, VALID));
    advance(1, record(3, at(0), 4.0, VALID));
    assertThat(fell()).as("all came again").isEqualTo("f");
    advance(1, record(2, at(0), 4.5, VALID));
    assertThat(fell()).as("same second, lower number").isEqualTo("t");
    advance(1, record(4, at(10), 9.0, NONE), record(5, 0, 9.0, VALID));
    assertThat(fell()).as("no reading, and a clock that is wrong").isEqualTo("t");
    advance(1, record(6, at(20), 6.0, VALID), record(7, at(30), 7.0, VALID));
    assertThat(fell()).as("both are new").isEqualTo("f");
    advance(1, record(8, at(40), Double.NaN, VALID), record(9, at(50), 6.999, VALID));
    assertThat(fell()).as("what is no reading is none").isEqualTo("t");
    advance(1, record(10, at(60), 6.999, VALID));
    assertThat(fell()).as("it did not move").isEqualTo("f");
  }

  private String fell() throws Exception {
    return database.value("select fell from device_state where device_id = 1");
  }

  @Test
  void aClockMayBeFiveMinutesAheadAndNoMore() throws Exception {
    advance(1, record(1, at(300), 1.0, VALID));
    advance(1, record(2, at(301), 2.0, VALID));
    advance(1, record(3, MeterRecord.EARLIEST - 1, 3.0, VALID));
    assertThat(database.value(STATE)).isEqualTo(at(300) + " 1 1 1 " + at(300) + " 1");
    advance(2, record(4, MeterRecord.EARLIEST, 4.0, VALID));
    assertThat(database.value("select reading from device_state where device_id = 2"))
        .isEqualTo("4");
  }

  @Test
  void anOlderSessionNeverOverwritesANewerOne() throws Exception {
    advance(session(1, 20, 643, "8970101008538006975", NOW));
    advance(session(1, 19, 642, "1111", NOW.plusSeconds(5)));
    assertThat(
            database.value(
                "select concat_ws(' ', session_id, model, iccid, protocol,"
                    + " last_contact_at at time zone 'UTC') from device_state"))
        .isEqualTo("20 643 8970101008538006975 5 2021-02-15 12:00:05.123456");
    advance(session(1, 21, 642, "", NOW));
    assertThat(database.value("select concat_ws(' ', session_id, model, iccid) from device_state"))
        .as("without a SIM now")
        .isEqualTo("21 642 ");
  }

  @Test
  void aSessionWithoutRecordsLeavesWhatRecordsSaid() throws Exception {
    advance(session(2, 1, 642, "", NOW));
    assertThat(
            database.value(
                "select module_time is null and reading is null from device_state"
                    + " where device_id = 2"))
        .isEqualTo("t");
    advance(1, record(7, at(0), 1.5, VALID));
    advance(session(1, 2, 642, "", NOW.plusSeconds(60)));
    assertThat(database.value(STATE)).isEqualTo(at(0) + " 7 1 1.5 " + at(0) + " 7");
  }

  private void advance(long device, MeterRecord... records) throws Exception {
    advance(session(device, 1, 642, "", NOW), records);
  }

  private void advance(SessionContact session, MeterRecord... records) throws Exception {
    List<MeterRecord> own = new ArrayList<>();
    for (MeterRecord record : records) {
      own.add(of(session.device(), record));
    }
    advance(List.of(session), own);
  }

  private void advance(List<SessionContact> sessions, List<MeterRecord> records) throws Exception {
    database.inTransaction(
        () -> {
          states.advance(sessions, records);
          return null;
        });
  }

  private static SessionContact session(long device, long id, int model, String iccid, Instant at) {
    return new SessionContact(new DeviceId(device), id, 5, model, iccid, null, at);
  }

  private static long at(long second) {
    return NOW.getEpochSecond() + second;
  }

  private static MeterRecord record(long number, long moduleTime, double reading, int status) {
    return new MeterRecord(
        null,
        1,
        new MeterRecord.Place(1, 0, 0, 1),
        NOW,
        number,
        null,
        number,
        moduleTime,
        moduleTime,
        reading,
        0.1f,
        20f,
        3.6f,
        0,
        0,
        0,
        0,
        0,
        status,
        -80,
        0,
        60,
        1,
        1);
  }

  private static MeterRecord of(DeviceId device, MeterRecord r) {
    return new MeterRecord(
        device,
        r.sessionId(),
        r.place(),
        r.receivedAt(),
        r.digest(),
        r.bytes(),
        r.recordNumber(),
        r.moduleTime(),
        r.meterTime(),
        r.reading(),
        r.resource(),
        r.temperature(),
        r.battery(),
        r.measurementErrors(),
        r.temperatureErrors(),
        r.controlErrors(),
        r.calibrationErrors(),
        r.hardwareErrors(),
        r.status(),
        r.rssi(),
        r.band(),
        r.periodMinutes(),
        r.sessionsTotal(),
        r.sessionsDay());
  }

  private static List<List<MeterRecord>> permutations(List<MeterRecord> records) {
    if (records.isEmpty()) {
      return List.of(List.of());
    }
    List<List<MeterRecord>> all = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      List<MeterRecord> rest = new ArrayList<>(records);
      MeterRecord first = rest.remove(i);
      for (List<MeterRecord> tail : permutations(rest)) {
        List<MeterRecord> order = new ArrayList<>();
        order.add(first);
        order.addAll(tail);
        all.add(order);
      }
    }
    return all;
  }
}
