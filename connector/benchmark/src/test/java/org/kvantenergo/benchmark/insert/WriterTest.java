package org.kvantenergo.benchmark.insert;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kvantenergo.benchmark.Database;

class WriterTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00.123456Z"), ZoneOffset.UTC);
  private static final String SENT = "2026-11-21 10:00:00+00 ";
  private static final String RECEIVED = "2026-11-21 10:00:00.123456+00 ";
  private static final String METERED = "2026-11-21 09:59:58+00 ";

  private static final String VALUES =
      """
      float4send(resource), float4send(temperature), float4send(battery), measurement_errors,
      temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi, band,
      period_minutes, sessions_total, sessions_day
      """;

  private static final String ARCHIVE =
      """
      select device_id, module_time, record_number, digest, meter_time, received_at, session_id,
        float8send(reading), %s, marks, raw, batch_id, frame, position, frame_records
      from bare.reading order by device_id, record_number
      """
          .formatted(VALUES);

  private static final String STATES =
      """
      select device_id, session_id, protocol, model, iccid, last_contact_at, module_time,
        record_number, received_at, meter_time, %s, float8send(reading), reading_module_time,
        reading_record_number, previous_session_id, via_device_id
      from bare.device_state order by device_id
      """
          .formatted(VALUES);

  private static String bits(float value) {
    return "\\x%08x".formatted(Float.floatToRawIntBits(value));
  }

  private static String bits(double value) {
    return "\\x%016x".formatted(Double.doubleToRawLongBits(value));
  }

  private static String values(Rows r, int i) {
    return "%s %s %s 0 0 0 0 0 8193 %d 0 60 %d 24"
        .formatted(
            bits(r.resource[i]),
            bits(r.temperature[i]),
            bits(r.battery[i]),
            r.rssi[i],
            r.sessionsTotal[i]);
  }

  private static String archived(Rows r, int i) {
    return "%d %s%d %d %s%s%d %s %s 0 null %d %d %d %d"
        .formatted(
            r.device[i],
            SENT,
            r.recordNumber[i],
            r.digest[i],
            METERED,
            RECEIVED,
            1_000_000 + r.device[i],
            bits(r.reading[i]),
            values(r, i),
            r.batch[i],
            i / r.records,
            i % r.records,
            r.records);
  }

  private static String state(Rows r, int i) {
    return "%d %d 5 1 %s %s%s%d %s%s%s %s %s%d null null"
        .formatted(
            r.device[i],
            1_000_000 + r.device[i],
            Writer.ICCID,
            RECEIVED,
            SENT,
            r.recordNumber[i],
            RECEIVED,
            METERED,
            values(r, i),
            bits(r.reading[i]),
            SENT,
            r.recordNumber[i]);
  }

  @ParameterizedTest
  @EnumSource
  void everyColumnHoldsWhatWasSent(Way way) throws SQLException {
    Database database = Database.create();
    try (BareSchema schema = BareSchema.make(database::open, CLOCK, 6);
        Writer writer = way.writer(database.open())) {
      assertThat(schema).isNotNull();
      Rows rows = new Rows(new Rows.Slice(2, 2, 3), CLOCK, 2, 3);
      rows.next();
      assertThat(writer.write(rows)).isEqualTo(6);
      assertThat(database.rows(ARCHIVE))
          .isEqualTo(IntStream.range(0, 6).mapToObj(i -> archived(rows, i)).toList());
      assertThat(database.rows(STATES)).containsExactly(state(rows, 2), state(rows, 5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNextBatchIsTheNextDevices(Way way) throws SQLException {
    Database database = Database.create();
    try (BareSchema schema = BareSchema.make(database::open, CLOCK, 6);
        Writer writer = way.writer(database.open())) {
      assertThat(schema).isNotNull();
      Rows rows = new Rows(new Rows.Slice(2, 2, 3), CLOCK, 2, 1);
      rows.next();
      assertThat(rows.device).containsExactly(2, 4);
      assertThat(writer.write(rows)).isEqualTo(2);
      rows.next();
      assertThat(rows.device).containsExactly(6, 2);
      assertThat(writer.write(rows)).isEqualTo(2);
      assertThat(
              database.rows("select device_id, count(*) from bare.reading group by 1 order by 1"))
          .containsExactly("2 2", "4 1", "6 1");
      assertThat(database.rows(STATES)).hasSize(3).startsWith(state(rows, 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatComesAgainIsNotStoredAgain(Way way) throws SQLException {
    Database database = Database.create();
    try (BareSchema schema = BareSchema.make(database::open, CLOCK, 2);
        Writer writer = way.writer(database.open())) {
      assertThat(schema).isNotNull();
      Rows rows = new Rows(new Rows.Slice(1, 1, 2), CLOCK, 2, 64);
      rows.next();
      assertThat(writer.write(rows)).isEqualTo(128);
      assertThat(writer.write(rows)).isZero();
      assertThat(database.rows("select count(*) from bare.reading")).containsExactly("128");
    }
  }
}
