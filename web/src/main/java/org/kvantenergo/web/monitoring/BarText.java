package org.kvantenergo.web.monitoring;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.reading.BatteryForecast;
import org.kvantenergo.reading.DeviceOutlook;
import org.kvantenergo.web.format.Elapsed;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;

/** What the bar of a module says, in the viewer's language. */
final class BarText {

  /** A tenth of a period late is late. */
  private static final int TENTH = 10;

  /** Half a minute: what is nearer is now. */
  private static final int SOON = 30;

  private static final int DAYS_OF_MONTHS = 90;
  private static final int DAYS_OF_YEARS = 730;
  private static final double DAYS_PER_MONTH = 30.44;
  private static final double DAYS_PER_YEAR = 365.25;

  private final ResourceBundle texts;
  private final Locale locale;
  private final Numbers numbers;
  private final Lines lines;
  private final Bits bits;
  private final Instant now;

  BarText(Locale locale, Lines lines, Bits bits, Instant now) {
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
    this.locale = locale;
    this.numbers = new Numbers(locale);
    this.lines = lines;
    this.bits = bits;
    this.now = now;
  }

  DeviceBar bar(
      DeviceRow row,
      Optional<DeviceOutlook.Expected> expected,
      Optional<BatteryForecast> battery,
      List<DeviceOutlook.ErrorRun> errors) {
    boolean late = expected.map(this::late).orElse(false);
    DeviceRow.Contact c = row.contact();
    return new DeviceBar(
        lines.lag(c, texts.getString("unit.s"), texts.getString("unit.min")),
        expected.map(e -> texts.getString(late ? "device.awaited" : "device.awaiting")).orElse(""),
        expected.map(e -> today(lines.moment(e.at()))).orElse(""),
        expected.map(e -> until(e.at(), late)).orElse(""),
        late,
        battery.map(this::battery).orElse(""),
        battery.map(BarText::tone).orElse(""),
        battery.map(this::note).orElse(""),
        errors.stream().map(run -> fault(row, run)).toList(),
        c == null ? 0 : c.moduleTime().getEpochSecond());
  }

  private boolean late(DeviceOutlook.Expected e) {
    Duration tolerance = Duration.ofSeconds(60L * e.periodMinutes() / TENTH);
    return e.at().plus(tolerance).isBefore(now);
  }

  /** The time alone if it is today's. */
  private static String today(Moment moment) {
    return moment.tone().isEmpty() ? moment.time() : moment.text();
  }

  private String until(Instant at, boolean late) {
    Duration left = Duration.between(now, at).abs();
    if (!late && left.toSeconds() < SOON) {
      return texts.getString("device.now");
    }
    return say(late ? "device.overdue" : "device.in", Elapsed.text(left, numbers, texts));
  }

  private String battery(BatteryForecast f) {
    return switch (f.state()) {
      case LITTLE -> texts.getString("battery.little");
      case STEADY -> say("battery.steady", days(f.least()));
      case EMPTY -> texts.getString("battery.empty");
      case FALLING ->
          f.most() == null
              ? say("battery.from", days(f.days()), in(f.days(), f.least()))
              : say(
                  "battery.falling",
                  days(f.days()),
                  in(f.days(), f.least()),
                  in(f.days(), f.most()));
    };
  }

  private static String tone(BatteryForecast f) {
    boolean sure = f.state() == BatteryForecast.State.FALLING;
    return f.state() == BatteryForecast.State.EMPTY || (sure && f.days() < 30)
        ? "da"
        : sure && f.days() < DAYS_OF_MONTHS ? "wa" : "";
  }

  private String note(BatteryForecast f) {
    String how = texts.getString("battery.note");
    return f.state() == BatteryForecast.State.LITTLE
        ? say("battery.note.little", f.daysKnown()) + " " + how
        : say(
                "battery.note.found",
                numbers.rounded(1000 * f.voltsPerYear(), 0),
                numbers.rounded(1000 * f.voltsPerDegree(), 1),
                f.daysKnown())
            + " "
            + how;
  }

  /** As exact as it is known. */
  private String days(int days) {
    String forms =
        days < DAYS_OF_MONTHS ? "unit.days" : days < DAYS_OF_YEARS ? "unit.months" : "unit.years";
    return counted(Math.round(days / unit(days)), forms);
  }

  /** The number alone, in the unit of another. */
  private String in(int whole, int days) {
    return numbers.whole(Math.round(days / unit(whole)));
  }

  private static double unit(int days) {
    return days < DAYS_OF_MONTHS ? 1 : days < DAYS_OF_YEARS ? DAYS_PER_MONTH : DAYS_PER_YEAR;
  }

  private String counted(long number, String forms) {
    return numbers.whole(number) + " " + Plural.of(locale, number, texts.getString(forms));
  }

  private DeviceBar.Fault fault(DeviceRow row, DeviceOutlook.ErrorRun run) {
    return new DeviceBar.Fault(
        bits.name(row.model(), row.protocol(), run.mask(), run.bit()),
        "mask." + run.mask(),
        run.raw(),
        lines.moment(run.since()).text(),
        run.known(),
        lines.moment(run.last()).text(),
        bits.tone(row.model(), row.protocol(), run.mask(), 1 << run.bit()));
  }

  private String say(String key, Object... values) {
    return new MessageFormat(texts.getString(key), locale).format(values);
  }
}
