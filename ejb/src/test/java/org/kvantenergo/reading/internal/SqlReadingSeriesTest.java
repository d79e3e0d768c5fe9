package org.kvantenergo.reading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.kvantenergo.device.ErrorDictionary.Mask;
import org.kvantenergo.reading.ReadingSeries.Gap;
import org.kvantenergo.reading.ReadingSeries.Incident;
import org.kvantenergo.reading.ReadingSeries.Kind;
import org.kvantenergo.reading.ReadingSeries.Point;
import org.kvantenergo.reading.ReadingSeries.Range;
import org.kvantenergo.reading.ReadingSeries.Series;
import org.kvantenergo.shared.DeviceId;

class SqlReadingSeriesTest {

  // The night in which clocks of the EU are put back: times of the archive know nothing of it.
  private static final Instant MIDNIGHT = Instant.parse("2026-10-25T00:00:00Z");
  private static final Instant END = MIDNIGHT.plus(Duration.ofDays(1));

  private final Archive archive = new Archive();
  private final SqlReadingSeries series =
      new SqlReadingSeries(
          archive.database.dataSource(), Clock.fixed(END.plusSeconds(60), ZoneOffset.UTC));

  private static Instant at(String time) {
    return Instant.parse("2026-10-25T" + time + "Z");
  }

  private Series day() {
    return series.of(Archive.OWN, Archive.DEVICE, MIDNIGHT, END).orElseThrow();
  }

  @Test
  void bucketsBeginAtWholeTimesAndHoldLeastMostAndLast() throws Exception {
    archive.record(MIDNIGHT.minusSeconds(1), 9.5, "");
    archive.record(at("00:00:00"), 10, "temperature = 5, battery = 3.6, rssi = -70");
    archive.record(at("00:04:59"), 11, "temperature = 1, battery = 3.5, rssi = -90");
    archive.record(at("00:05:00"), 12.5, "temperature = 3, battery = 3.7, rssi = -80");
    archive.record(END, 99, "");
    Series found = day();
    assertThat(found.bucket()).isEqualTo(Duration.ofMinutes(5));
    assertThat(found.points())
        .containsExactly(
            new Point(
                at("00:00:00"),
                at("00:04:59"),
                2,
                new Range(10, 11, 11),
                1.5,
                MIDNIGHT.minusSeconds(1),
                at("00:04:59"),
                new Range(1, 5, 1),
                new Range(3.5, 3.6, 3.5),
                new Range(-90, -70, -90)),
            new Point(
                at("00:05:00"),
                at("00:05:00"),
                1,
                new Range(12.5, 12.5, 12.5),
                1.5,
                at("00:04:59"),
                at("00:05:00"),
                new Range(3, 3, 3),
                new Range(3.7, 3.7, 3.7),
                new Range(-80, -80, -80)));
    assertThat(found.incidents()).isEmpty();
  }

  @Test
  void aBucketIsLongerTheLongerTheTime() {
    assertThat(bucket(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(1));
    assertThat(bucket(Duration.ofDays(7))).isEqualTo(Duration.ofHours(1));
    assertThat(bucket(Duration.ofDays(365))).isEqualTo(Duration.ofDays(2));
    assertThatThrownBy(() -> bucket(Duration.ofDays(3701)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bucket(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
  }

  private Duration bucket(Duration time) {
    return series
        .of(Archive.OWN, Archive.DEVICE, MIDNIGHT, MIDNIGHT.plus(time))
        .orElseThrow()
        .bucket();
  }

  @Test
  void whatIsNoNumberAndWhoseClockIsWrongIsLeftOut() throws Exception {
    archive.record(at("01:00:00"), Double.NaN, "temperature = 'NaN', battery = 'Infinity'");
    archive.record(at("02:00:00"), 5, "status = 8192");
    archive.record(at("03:00:00"), -1, "");
    // A record of a clock that is ahead lies in the catch-all, or in the time itself.
    archive.record(at("04:00:00"), 7, "marks = 1");
    archive.record(Instant.parse("2106-02-07T06:28:15Z"), 8, "marks = 1");
    archive.record(Instant.parse("2001-02-07T06:28:15Z"), 8, "marks = 1");
    assertThat(day().points())
        .extracting(Point::first, Point::reading, Point::temperature, Point::battery)
        .containsExactly(
            tuple(at("01:00:00"), null, null, null),
            tuple(at("02:00:00"), null, new Range(20, 20, 20), battery()),
            tuple(at("03:00:00"), null, new Range(20, 20, 20), battery()));
  }

  private static Range battery() {
    return new Range(3.6, 3.6, 3.6);
  }

  @Test
  void aGapIsLongerThanOneAndAHalfPeriods() throws Exception {
    archive.record(MIDNIGHT.minusSeconds(1800), 1, "");
    archive.record(at("00:30:00"), 1, "");
    archive.record(at("02:00:00"), 1, "");
    archive.record(at("08:00:01"), 1, "period_minutes = 0");
    archive.record(at("18:00:00"), 1, "");
    assertThat(day().gaps())
        .containsExactly(
            new Gap(at("02:00:00"), at("08:00:01")),
            // Until now, or the end of the time that was asked for.
            new Gap(at("18:00:00"), END));
  }

  @Test
  void withoutARecordAllOfItIsAGapAsFarAsItIsPast() throws Exception {
    assertThat(day().gaps()).containsExactly(new Gap(MIDNIGHT, END));
    Series ahead = series.of(Archive.OWN, Archive.DEVICE, END, END.plusSeconds(3600)).orElseThrow();
    assertThat(ahead.gaps()).containsExactly(new Gap(END, END.plusSeconds(60)));
    archive.record(at("10:00:00"), 1, "");
    assertThat(day().gaps())
        .containsExactly(new Gap(MIDNIGHT, at("10:00:00")), new Gap(at("10:00:00"), END));
  }

  @Test
  void whatChangesFromRecordToRecordIsTold() throws Exception {
    archive.record(MIDNIGHT.minusSeconds(7200), 9, "measurement_errors = 16");
    archive.record(MIDNIGHT.minusSeconds(3600), 0, "measurement_errors = 16, status = 8192");
    archive.record(at("00:00:00"), 8.5, "measurement_errors = 20, battery = 3.41");
    archive.record(at("01:00:00"), 8.5, "hardware_errors = 1, battery = 3.4, status = 20481");
    archive.record(at("02:00:00"), 8.5, "battery = 3.41");
    archive.record(at("03:00:00"), 8.5, "battery = 3.39");
    archive.record(at("04:00:00"), 8.5, "battery = 3.19");
    assertThat(day().incidents())
        .containsExactly(
            new Incident(at("00:00:00"), Kind.ERRORS_BEGAN, Mask.MEASUREMENT, 4, 0),
            new Incident(at("00:00:00"), Kind.READING_FELL, null, 0, 0.5),
            new Incident(at("01:00:00"), Kind.ERRORS_ENDED, Mask.MEASUREMENT, 20, 0),
            new Incident(at("01:00:00"), Kind.ERRORS_BEGAN, Mask.HARDWARE, 1, 0),
            new Incident(at("01:00:00"), Kind.MODE_OPENED, null, 0, 0),
            new Incident(at("01:00:00"), Kind.BATTERY_LOW, null, 0, 3.4000000953674316),
            new Incident(at("02:00:00"), Kind.ERRORS_ENDED, Mask.HARDWARE, 1, 0),
            new Incident(at("02:00:00"), Kind.MODE_CLOSED, null, 0, 0),
            new Incident(at("04:00:00"), Kind.BATTERY_EMPTY, null, 0, 3.190000057220459));
    assertThat(day().points().get(0).used()).as("fell").isNull();
    assertThat(day().points().get(1).used()).isZero();
  }

  @Test
  void anothersDeviceIsNotThere() {
    assertThat(series.of(Archive.OWN, Archive.OTHERS, MIDNIGHT, END)).isEmpty();
    assertThat(series.of(Archive.OWN, new DeviceId(7777), MIDNIGHT, END)).isEmpty();
  }

  @Test
  void aYearOfHoursIsThinnedOutAndNothingIsLost() throws Exception {
    archive.database.execute(
        """
        insert into reading (device_id, module_time, record_number, digest, meter_time,
          received_at, session_id, reading, resource, temperature, battery, measurement_errors,
          temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi,
          band, period_minutes, sessions_total, sessions_day, marks)
        select 1, t, n, n, t, t, 1, n / 100.0, 0, 20, 3.6, 0, 0, 0, 0, 0, 4097, -80, 0, 60, n, 24, 0
        from (select n, timestamptz '2025-10-26T00:00:26Z' + n * interval '1 hour' as t
          from generate_series(0, 8759) n) h
        """);
    Series year =
        series.of(Archive.OWN, Archive.DEVICE, END.minus(Duration.ofDays(365)), END).orElseThrow();
    assertThat(year.points()).hasSizeBetween(180, 184);
    assertThat(year.points().stream().mapToInt(Point::records).sum()).isEqualTo(8760);
    assertThat(year.points().get(5).used()).isCloseTo(0.48, within(1e-9));
    assertThat(year.gaps()).isEmpty();
  }
}
