package org.kvantenergo.reading.internal;

import java.util.List;
import org.kvantenergo.device.Thresholds;
import org.kvantenergo.reading.BatteryForecast;
import org.kvantenergo.reading.BatteryForecast.State;

/**
 * A straight line through the voltages of days, corrected for temperature, that a few wrong days do
 * not bend: V = level − fall · wear + warmth · (T − mean T). Wear is the number of sessions where
 * that is known, else time. docs/adr/0077 says what this is worth.
 */
final class BatteryModel {

  /** V: below it a module may not come through a transmission. */
  static final double EMPTY = volts(Thresholds.BATTERY_EMPTY);

  private static final int LEAST_DAYS = 14;
  private static final int LEAST_SPAN = 30;
  private static final int RECENT_DAYS = 30;
  private static final double NEW_BATTERY = 0.15;
  private static final int AROUND = 3;

  /** Of a normal distribution, 95 % on both sides together. */
  private static final double SIGMAS = 1.96;

  private static final double DAYS_PER_YEAR = 365.25;

  private BatteryModel() {}

  /** As it is written: 3.2 and not 3.200000047683716. */
  static double volts(float threshold) {
    return Double.parseDouble(Float.toString(threshold));
  }

  /**
   * A day with records.
   *
   * @param day number of the day
   * @param volts median
   * @param celsius mean; NaN if unknown
   * @param sessions since commissioning, the highest of the day
   */
  record Day(long day, double volts, double celsius, long sessions) {}

  /** From days in order. */
  static BatteryForecast of(List<Day> all) {
    List<Day> days = sinceNewBattery(all);
    int known = days.size();
    if (known < LEAST_DAYS || days.get(known - 1).day - days.get(0).day < LEAST_SPAN) {
      return new BatteryForecast(State.LITTLE, 0, 0, null, 0, 0, known);
    }
    boolean bySessions = countsSessions(days);
    double[] wear = new double[known];
    double[] warm = new double[known];
    double[] volts = new double[known];
    double mean =
        days.stream().mapToDouble(Day::celsius).filter(Double::isFinite).average().orElse(0);
    for (int i = 0; i < known; i++) {
      Day day = days.get(i);
      wear[i] =
          bySessions ? day.sessions - days.get(0).sessions : (double) (day.day - days.get(0).day);
      warm[i] = Double.isFinite(day.celsius) ? day.celsius - mean : 0;
      volts[i] = day.volts;
    }
    RobustLine line = RobustLine.through(wear, warm, volts);
    double perDay = bySessions ? recentRate(days) : 1;
    return forecast(line, line.at(wear[known - 1]), perDay, known);
  }

  private static BatteryForecast forecast(RobustLine line, double now, double perDay, int known) {
    double fall = -line.slope() * perDay;
    double unsure = SIGMAS * line.slopeError() * perDay;
    double left = now - EMPTY;
    double perYear = fall * DAYS_PER_YEAR;
    if (left <= 0) {
      return new BatteryForecast(State.EMPTY, 0, 0, 0, perYear, line.warmth(), known);
    }
    double spread = SIGMAS * line.levelError();
    int least = days(Math.max(0, left - spread), fall + unsure);
    if (fall - unsure <= 0) {
      return new BatteryForecast(State.STEADY, 0, least, null, perYear, line.warmth(), known);
    }
    int most = days(left + spread, fall - unsure);
    return new BatteryForecast(
        State.FALLING,
        days(left, fall),
        least,
        most == BatteryForecast.FARTHEST ? null : (Integer) most,
        perYear,
        line.warmth(),
        known);
  }

  private static int days(double volts, double perDay) {
    return perDay <= 0
        ? BatteryForecast.FARTHEST
        : (int) Math.min(BatteryForecast.FARTHEST, Math.floor(volts / perDay));
  }

  /** A voltage that jumps up and stays there is another battery: what was before says nothing. */
  private static List<Day> sinceNewBattery(List<Day> days) {
    int from = 0;
    for (int i = AROUND; i + AROUND <= days.size(); i++) {
      if (median(days.subList(i, i + AROUND)) - median(days.subList(i - AROUND, i)) > NEW_BATTERY
          && days.get(i).volts - days.get(i - 1).volts > NEW_BATTERY) {
        from = i;
      }
    }
    return days.subList(from, days.size());
  }

  private static double median(List<Day> days) {
    double[] volts = days.stream().mapToDouble(Day::volts).sorted().toArray();
    return volts[volts.length / 2];
  }

  /** Whether the counter of sessions only grows, and does: a factory reset sets it back. */
  private static boolean countsSessions(List<Day> days) {
    for (int i = 1; i < days.size(); i++) {
      if (days.get(i).sessions < days.get(i - 1).sessions) {
        return false;
      }
    }
    return recentRate(days) > 0;
  }

  /** Sessions a day lately: what the period is now counts, not what it was. */
  private static double recentRate(List<Day> days) {
    Day last = days.get(days.size() - 1);
    Day before = days.get(0);
    for (Day day : days) {
      if (day.day < last.day - RECENT_DAYS) {
        before = day;
      }
    }
    return last.day == before.day
        ? 0
        : (last.sessions - before.sessions) / (double) (last.day - before.day);
  }
}
