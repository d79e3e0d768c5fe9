package org.kvantenergo.reading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.kvantenergo.device.ErrorDictionary.Mask;
import org.kvantenergo.reading.BatteryForecast;
import org.kvantenergo.reading.BatteryForecast.State;
import org.kvantenergo.reading.DeviceOutlook.ErrorRun;
import org.kvantenergo.reading.DeviceOutlook.Expected;

class SqlDeviceOutlookTest {

  private static final Instant NINE = Instant.parse("2026-02-15T09:00:26Z");

  private final Archive archive = new Archive();
  private final SqlDeviceOutlook outlook = new SqlDeviceOutlook(archive.database.dataSource());

  private void hours(int many) throws Exception {
    for (int i = many; i >= 0; i--) {
      // Up to three seconds early or late.
      archive.record(NINE.minus(Duration.ofHours(i)).plusSeconds(i % 7 - 3), 1, "");
    }
  }

  private void expect(String time) throws Exception {
    archive.newest();
    assertThat(outlook.expected(Archive.OWN, Archive.DEVICE))
        .contains(new Expected(Instant.parse("2026-02-15T" + time + "Z"), 60));
  }

  @Test
  void theNextContactComesAtTheUsualSecond() throws Exception {
    hours(20);
    expect("10:00:26");
  }

  @Test
  void whatComesBesidesTheScheduleChangesNothing() throws Exception {
    hours(20);
    archive.record(NINE.plusSeconds(3100), 1, "status = 8193");
    expect("10:00:26");
  }

  @Test
  void whoWasLateOnceIsNotExpectedLate() throws Exception {
    hours(20);
    archive.record(NINE.plusSeconds(3600), 1, "received_at = '2026-02-15T10:45:53Z'");
    expect("11:00:26");
  }

  @Test
  void nothingIsExpectedOfWhoNeverCameOrHasNoPeriod() throws Exception {
    assertThat(outlook.expected(Archive.OWN, Archive.DEVICE)).isEmpty();
    archive.record(NINE, 1, "period_minutes = 0");
    archive.newest();
    assertThat(outlook.expected(Archive.OWN, Archive.DEVICE)).isEmpty();
    assertThat(outlook.battery(Archive.OWN, Archive.DEVICE))
        .contains(new BatteryForecast(State.LITTLE, 0, 0, null, 0, 0, 1));
    assertThat(outlook.expected(Archive.OWN, Archive.OTHERS)).isEmpty();
    assertThat(outlook.battery(Archive.OWN, Archive.OTHERS)).isEmpty();
    assertThat(outlook.errors(Archive.OWN, Archive.OTHERS)).isEmpty();
  }

  @Test
  void aBitIsSetSinceTheFirstRecordOfItsRun() throws Exception {
    archive.record(NINE.minusSeconds(7200), 1, "measurement_errors = 17, hardware_errors = 1");
    archive.record(NINE.minusSeconds(3600), 1, "measurement_errors = 1, hardware_errors = 1");
    archive.record(NINE, 1, "measurement_errors = 17, hardware_errors = 1");
    archive.record(NINE.plusSeconds(3600), 1, "measurement_errors = 16, hardware_errors = 1");
    // Its clock cannot be right: it neither ends a run nor goes on with it.
    archive.record(NINE.plusSeconds(1800), 1, "marks = 1");
    archive.newest();
    Instant last = NINE.plusSeconds(3600);
    assertThat(outlook.errors(Archive.OWN, Archive.DEVICE))
        .containsExactly(
            new ErrorRun(Mask.MEASUREMENT, 4, 16, NINE, true, last),
            new ErrorRun(Mask.HARDWARE, 0, 1, NINE.minusSeconds(7200), false, last));
  }

  @Test
  void aBatteryIsReadByDays() throws Exception {
    archive.database.execute(
        """
        insert into reading (device_id, module_time, record_number, digest, meter_time,
          received_at, session_id, reading, resource, temperature, battery, measurement_errors,
          temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi,
          band, period_minutes, sessions_total, sessions_day, marks)
        select 1, t, n, n, t, t, 1, 1, 0, 20,
          case when n % 50 = 0 then 'NaN'::real else 3.5 - n * 0.0001 end, 0, 0, 0, 0, 0, 4097, -80, 0,
          60, n, 24, 0
        from (select n, timestamptz '2026-01-01T00:00:26Z' + n * interval '1 hour' as t
          from generate_series(0, 1439) n) h
        """);
    archive.newest();
    BatteryForecast forecast = outlook.battery(Archive.OWN, Archive.DEVICE).orElseThrow();
    // 0,0024 V a day, from 3,3562 V at noon of the last day.
    assertThat(forecast.state()).isEqualTo(State.FALLING);
    assertThat(forecast.days()).isBetween(64, 66);
    assertThat(forecast.daysKnown()).isEqualTo(60);
  }
}
