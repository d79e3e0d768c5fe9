package org.kvantenergo.reading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.kvantenergo.reading.BatteryForecast;
import org.kvantenergo.reading.BatteryForecast.State;

/** Discharges whose answer is known. */
class BatteryModelTest {

  private static final double WARMTH = 0.004;

  private static double season(int day) {
    return 12 + 10 * Math.sin(2 * Math.PI * day / 365);
  }

  /** A day's voltage as it would be at the mean temperature, warmed, with noise of 3 mV. */
  private static List<BatteryModel.Day> days(
      int many, IntToDoubleFunction volts, IntToLongFunction sessions) {
    Random random = new Random(7);
    double mean = 0;
    for (int day = 0; day < many; day++) {
      mean += season(day) / many;
    }
    List<BatteryModel.Day> days = new ArrayList<>();
    for (int day = 0; day < many; day++) {
      double warm = WARMTH * (season(day) - mean);
      double noise = 0.003 * random.nextGaussian();
      days.add(
          new BatteryModel.Day(
              day,
              volts.applyAsDouble(day) + warm + noise,
              season(day),
              sessions.applyAsLong(day)));
    }
    return days;
  }

  @Test
  void aStraightFallIsFoundThroughSeasonsAndNoise() {
    // At the end 3,45 V; 0,25 V are left, at 0,5 mV a day 500 days.
    BatteryForecast found =
        BatteryModel.of(days(300, day -> 3.45 + (299 - day) * 0.0005, day -> day * 24L));
    assertThat(found.state()).isEqualTo(State.FALLING);
    assertThat(found.days()).isBetween(480, 520);
    assertThat(found.least()).isLessThanOrEqualTo(500).isGreaterThan(440);
    assertThat(found.most()).isGreaterThanOrEqualTo(500).isLessThan(570);
    assertThat(found.voltsPerYear()).isCloseTo(0.1826, within(0.008));
    assertThat(found.voltsPerDegree()).isCloseTo(WARMTH, within(0.0003));
  }

  @Test
  void aFewWrongDaysDoNotBendIt() {
    List<BatteryModel.Day> days =
        new ArrayList<>(days(300, day -> 3.45 + (299 - day) * 0.0005, day -> day * 24L));
    for (int i = 0; i < days.size(); i += 17) {
      BatteryModel.Day day = days.get(i);
      days.set(i, new BatteryModel.Day(day.day(), 3.0, day.celsius(), day.sessions()));
    }
    assertThat(BatteryModel.of(days).days()).isBetween(475, 525);
  }

  @Test
  void whoComesFourTimesAsOftenLastsAQuarter() {
    // 20 µV a session; for 200 days 24 a day, then 96 a day. At the end 3,40 V: 10 000 sessions.
    IntToLongFunction sessions = day -> day <= 200 ? day * 24L : 4800 + (day - 200) * 96L;
    BatteryForecast found =
        BatteryModel.of(
            days(
                260,
                day -> 3.40 + (sessions.applyAsLong(259) - sessions.applyAsLong(day)) * 0.00002,
                sessions));
    assertThat(found.days()).isBetween(99, 110);
  }

  @Test
  void withoutACounterOfSessionsTimeWears() {
    BatteryForecast found =
        BatteryModel.of(days(200, day -> 3.30 + (199 - day) * 0.001, day -> (day * 24L) % 1000));
    assertThat(found.days()).isBetween(95, 105);
  }

  @Test
  void whatDoesNotFallIsSteady() {
    BatteryForecast found = BatteryModel.of(days(200, day -> 3.6, day -> day * 24L));
    assertThat(found.state()).isEqualTo(State.STEADY);
    assertThat(found.most()).isNull();
    assertThat(found.least()).isGreaterThan(1000);
  }

  @Test
  void whatIsBelowIsEmpty() {
    BatteryForecast found =
        BatteryModel.of(days(100, day -> 3.15 + (99 - day) * 0.001, day -> day * 24L));
    assertThat(found.state()).isEqualTo(State.EMPTY);
    assertThat(found.days()).isZero();
  }

  @Test
  void aNewBatteryBeginsAnew() {
    // Of unknown temperature: a season does not show in sixty days.
    List<BatteryModel.Day> days = new ArrayList<>();
    for (int day = 0; day < 240; day++) {
      double volts = day < 180 ? 3.25 : 3.50 + (239 - day) * 0.002;
      days.add(new BatteryModel.Day(day, volts + day % 3 * 0.001, Double.NaN, day * 24L));
    }
    BatteryForecast found = BatteryModel.of(days);
    assertThat(found.daysKnown()).isEqualTo(60);
    assertThat(found.days()).isBetween(135, 165);
  }

  @Test
  void littleIsLittle() {
    assertThat(BatteryModel.of(List.of()).state()).isEqualTo(State.LITTLE);
    assertThat(BatteryModel.of(days(13, day -> 3.6 - day * 0.01, day -> day)).state())
        .isEqualTo(State.LITTLE);
    assertThat(BatteryModel.of(days(30, day -> 3.6 - day * 0.01, day -> day)).state())
        .as("29 days lie between the first and the last")
        .isEqualTo(State.LITTLE);
  }
}
