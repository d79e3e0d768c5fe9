package org.kvantenergo.web.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.ErrorMasks;
import org.kvantenergo.reading.Mark;
import org.kvantenergo.reading.ReadingRow;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Signal;
import org.kvantenergo.web.format.Status;

/** From what the features say to what the viewer sees: language, zone, thresholds. */
final class Lines {

  private static final float BATTERY_LOW = 3.40f;
  private static final float BATTERY_EMPTY = 3.20f;
  private static final int SILENT_PERIODS = 2;
  private static final int LOST_PERIODS = 6;
  private static final int SHORT_LAG_SECONDS = 120;
  private static final int SHORT_LAG_MINUTES = 120;
  private static final int RESOURCE_DECIMALS = 4;
  private static final int TEMPERATURE_DECIMALS = 6;
  private static final int READING_DECIMALS = 7;
  private static final int BATTERY_DECIMALS = 7;

  private final Numbers numbers;
  private final ZoneId zone;
  private final Instant now;
  private final LocalDate today;

  Lines(Locale locale, ZoneId zone, Clock clock) {
    this.numbers = new Numbers(locale);
    this.zone = zone;
    this.now = clock.instant();
    this.today = LocalDate.ofInstant(now, zone);
  }

  ModuleLine module(DeviceRow row, long number) {
    DeviceRow.Contact c = row.contact();
    ModuleLine.Signs signs = signs(c);
    return new ModuleLine(
        row.id().value(),
        numbers.whole(number),
        Identifier.imei(row.imei()),
        Identifier.serial(row.serial()),
        row.reading() == null ? "" : numbers.fixed(row.reading()),
        row.readingFell(),
        c == null ? "" : numbers.fixed(c.resource()),
        moment(c == null ? null : c.receivedAt())
            .with(signs.silence().isEmpty() ? "" : signs.silence().substring(0, 1)),
        moment(c == null ? null : c.moduleTime()),
        moment(c == null ? null : c.meterTime()),
        c == null ? List.of() : masks(c.errors()),
        c == null ? "" : numbers.fixed(c.temperature()),
        c == null ? "" : numbers.fixed(c.battery()),
        c == null ? "" : numbers.whole(c.rssi()),
        c == null ? null : Signal.of(c.rssi()),
        c == null ? "" : numbers.whole(c.periodMinutes()),
        c == null ? "" : numbers.whole(c.band()),
        c == null ? "" : numbers.whole(c.sessionsTotal()),
        c == null ? "" : numbers.whole(c.sessionsDay()),
        row.protocol() == 0 ? "" : numbers.whole(row.protocol()),
        String.valueOf(row.model()),
        row.daysInService() == null ? "" : numbers.whole(row.daysInService()),
        row.comment(),
        row.iccid(),
        c == null ? null : Status.of(c.status()),
        numbers.whole(row.id().value()),
        row.group(),
        swap(row),
        signs);
  }

  private static ModuleLine.Swap swap(DeviceRow row) {
    DeviceRow.Swap swap = row.swap();
    return swap == null
        ? null
        : new ModuleLine.Swap(
            row.unchecked(),
            swap.imei() == null ? null : serial(swap.imei()),
            swap.serial() == null ? null : serial(swap.serial()));
  }

  private static String serial(DeviceRow.Holder holder) {
    return holder.serial() == 0 ? "" : Identifier.serial(holder.serial()).text();
  }

  RecordLine record(ReadingRow row, long number) {
    return new RecordLine(
        row.key().text(),
        numbers.whole(number),
        moment(row.receivedAt()),
        padded(numbers.sent(row.resource()), RESOURCE_DECIMALS),
        moment(row.moduleTime()).with(row.marks().contains(Mark.CLOCK) ? "w" : ""),
        row.marks().contains(Mark.CLOCK),
        moment(row.meterTime()),
        masks(row.errors()),
        padded(numbers.sent(row.temperature()), TEMPERATURE_DECIMALS),
        padded(numbers.sent(row.reading()), READING_DECIMALS),
        row.marks().contains(Mark.READING),
        row.fell(),
        padded(numbers.sent(row.battery()), BATTERY_DECIMALS),
        Status.of(row.status()),
        row.marks().contains(Mark.CONFLICT),
        numbers.whole(row.protocol()),
        String.valueOf(row.model()));
  }

  SessionLine session(SessionRow row, long number) {
    SessionRow.Info info = row.info();
    return new SessionLine(
        numbers.whole(number),
        moment(row.receivedAt()),
        row.iccid(),
        info == null ? "" : String.valueOf(info.contractDay()),
        info == null ? "" : String.valueOf(info.contractHour()),
        info == null ? "" : numbers.whole(info.periodMinutes()),
        info == null ? "" : String.join(",", info.apn(), info.login(), info.password()),
        info == null ? "" : numbers.whole(info.rssi()),
        info == null ? "" : numbers.whole(info.errorCount()),
        Identifier.serial(row.serial()),
        info != null && info.odd());
  }

  /** The clocks of a contact against the server's; empty where there was none. */
  ClockLag lag(DeviceRow.Contact c, String seconds, String minutes) {
    return c == null
        ? new ClockLag("", "")
        : new ClockLag(
            lag(c.receivedAt(), c.moduleTime(), seconds, minutes),
            lag(c.receivedAt(), c.meterTime(), seconds, minutes));
  }

  private String lag(Instant server, Instant other, String seconds, String minutes) {
    long lag = Duration.between(server.truncatedTo(ChronoUnit.SECONDS), other).toSeconds();
    if (Math.abs(lag) < SHORT_LAG_SECONDS) {
      return numbers.whole(lag) + " " + seconds;
    }
    return Math.abs(lag) < SHORT_LAG_MINUTES * 60
        ? numbers.whole(lag / 60) + " " + minutes
        : moment(other).text();
  }

  String whole(long value) {
    return numbers.whole(value);
  }

  Moment moment(Instant instant) {
    return Moment.of(instant, zone, today);
  }

  private ModuleLine.Signs signs(DeviceRow.Contact c) {
    if (c == null) {
      return new ModuleLine.Signs("", "", "", "");
    }
    long periods =
        c.periodMinutes() == 0
            ? 0
            : Duration.between(c.receivedAt(), now).toMinutes() / c.periodMinutes();
    String errors = !c.errors().any() ? "" : c.errors().hardware() != 0 ? "da" : "wa";
    String battery = c.battery() < BATTERY_EMPTY ? "da" : c.battery() < BATTERY_LOW ? "wa" : "";
    String silence = periods >= LOST_PERIODS ? "da" : periods >= SILENT_PERIODS ? "wa" : "";
    return new ModuleLine.Signs(silence, errors, battery, Status.of(c.status()).open() ? "op" : "");
  }

  private static List<Mask> masks(ErrorMasks errors) {
    return List.of(
        new Mask(errors.measurement(), false),
        new Mask(errors.temperature(), false),
        new Mask(errors.control(), false),
        new Mask(errors.calibration(), false),
        new Mask(errors.hardware(), true));
  }

  private RecordLine.Padded padded(String text, int decimals) {
    return new RecordLine.Padded(text, numbers.padding(text, decimals));
  }
}
