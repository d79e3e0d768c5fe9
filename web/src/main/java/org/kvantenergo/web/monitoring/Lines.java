package org.kvantenergo.web.monitoring;

import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.device.ErrorMasks;
import org.kvantenergo.device.Thresholds;
import org.kvantenergo.reading.Mark;
import org.kvantenergo.reading.ReadingRow;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.web.format.Elapsed;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Signal;
import org.kvantenergo.web.format.Status;

/** From what the features say to what the viewer sees: language, zone, thresholds. */
final class Lines {

  private static final int SHORT_LAG_SECONDS = 120;
  private static final int SHORT_LAG_MINUTES = 120;
  private static final int RESOURCE_DECIMALS = 4;
  private static final int TEMPERATURE_DECIMALS = 6;
  private static final int READING_DECIMALS = 7;
  private static final int BATTERY_DECIMALS = 7;

  /** One and a half periods, a minute of period. */
  private static final long GAP_SECONDS = 90;

  private final Locale locale;
  private final ResourceBundle texts;
  private final Numbers numbers;
  private final ZoneId zone;
  private final Instant now;
  private final LocalDate today;

  private final Bits bits;

  Lines(Locale locale, ZoneId zone, Clock clock, Bits bits) {
    this.bits = bits;
    this.locale = locale;
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
    this.numbers = new Numbers(locale);
    this.zone = zone;
    this.now = clock.instant();
    this.today = LocalDate.ofInstant(now, zone);
  }

  /**
   * A device.
   *
   * @param orders what commands say of it; null if nobody asked
   */
  ModuleLine module(DeviceRow row, long number, ModuleLine.Orders orders) {
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
        moment(c == null ? null : c.moduleTime()).with(moduleOff(c) ? "w" : ""),
        moduleOff(c),
        moment(c == null ? null : c.meterTime()).with(meterOff(c) ? "w" : ""),
        meterOff(c),
        c == null ? List.of() : masks(row.model(), row.protocol(), c.errors()),
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
        c == null ? null : status(row.model(), row.protocol(), c.status()),
        numbers.whole(row.id().value()),
        row.group(),
        swap(row),
        signs,
        orders);
  }

  /** Whether the module's clock was off at a contact. */
  static boolean moduleOff(DeviceRow.Contact c) {
    return c != null
        && Duration.between(c.receivedAt(), c.moduleTime()).abs().compareTo(Thresholds.CLOCK_OFF)
            > 0;
  }

  /** A slice is of the beginning of its period: its time lies behind, as it should. */
  static boolean meterOff(DeviceRow.Contact c) {
    if (c == null) {
      return false;
    }
    Duration ahead = Duration.between(c.receivedAt(), c.meterTime());
    return ahead.compareTo(Thresholds.CLOCK_OFF) > 0
        || (!Status.of(c.status()).slice() && ahead.negated().compareTo(Thresholds.CLOCK_OFF) > 0);
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

  /**
   * A record.
   *
   * @param before the next older one; null if that is not known
   */
  RecordLine record(ReadingRow row, ReadingRow before, long number) {
    return new RecordLine(
        row.key().text(),
        numbers.whole(number),
        moment(row.receivedAt()),
        padded(numbers.sent(row.resource()), RESOURCE_DECIMALS),
        moment(row.moduleTime()).with(row.marks().contains(Mark.CLOCK) ? "w" : ""),
        row.marks().contains(Mark.CLOCK),
        moment(row.meterTime()),
        masks(row.model(), row.protocol(), row.errors()),
        padded(numbers.sent(row.temperature()), TEMPERATURE_DECIMALS),
        padded(numbers.sent(row.reading()), READING_DECIMALS),
        row.marks().contains(Mark.READING),
        row.fell(),
        padded(numbers.sent(row.battery()), BATTERY_DECIMALS),
        status(row.model(), row.protocol(), row.status()),
        row.marks().contains(Mark.CONFLICT),
        numbers.whole(row.protocol()),
        String.valueOf(row.model()),
        gap(row, before));
  }

  private String gap(ReadingRow row, ReadingRow before) {
    if (before == null || row.marks().contains(Mark.CLOCK) || before.marks().contains(Mark.CLOCK)) {
      return "";
    }
    Duration gap = Duration.between(before.moduleTime(), row.moduleTime());
    return before.periodMinutes() > 0 && gap.toSeconds() > GAP_SECONDS * before.periodMinutes()
        ? new MessageFormat(texts.getString("chart.gap"), locale)
            .format(new Object[] {Elapsed.text(gap, numbers, texts)})
        : "";
  }

  SessionLine session(SessionRow row, long number) {
    SessionRow.Info info = row.info();
    return new SessionLine(
        row.id(),
        numbers.whole(number),
        moment(row.receivedAt()),
        row.iccid(),
        info == null ? "" : String.valueOf(info.contractDay()),
        info == null ? "" : String.valueOf(info.contractHour()),
        info == null ? "" : numbers.whole(info.periodMinutes()),
        info == null ? "" : row.access() ? SessionLine.HIDDEN : ",,",
        row.access(),
        info == null ? "" : numbers.whole(info.rssi()),
        info == null ? "" : numbers.whole(info.errorCount()) + share(row.errorShare()),
        Identifier.serial(row.serial()),
        info != null && info.odd());
  }

  /** « (0,15 %)»; nothing where it is not known. */
  private String share(Double share) {
    return share == null ? "" : " (" + numbers.rounded(100 * share, 2) + "\u202F%)";
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

  /** What needs attention of a contact; null for none. */
  ModuleLine.Signs signs(DeviceRow.Contact c) {
    if (c == null) {
      return new ModuleLine.Signs("", "", "", "");
    }
    Duration quiet = Duration.between(c.receivedAt(), now);
    String errors = !c.errors().any() ? "" : c.errors().hardware() != 0 ? "da" : "wa";
    String battery =
        c.battery() <= Thresholds.BATTERY_EMPTY
            ? "da"
            : c.battery() <= Thresholds.BATTERY_LOW ? "wa" : "";
    String silence =
        Thresholds.silent(quiet, c.periodMinutes(), Thresholds.LOST_PERIODS)
            ? "da"
            : Thresholds.silent(quiet, c.periodMinutes(), Thresholds.SILENT_PERIODS) ? "wa" : "";
    return new ModuleLine.Signs(silence, errors, battery, Status.of(c.status()).open() ? "op" : "");
  }

  private Status status(int model, int protocol, int word) {
    return Status.of(word, bits.others(model, protocol, word));
  }

  private List<Mask> masks(int model, int protocol, ErrorMasks errors) {
    return List.of(
        bits.mask(model, protocol, ErrorDictionary.Mask.MEASUREMENT, errors.measurement()),
        bits.mask(model, protocol, ErrorDictionary.Mask.TEMPERATURE, errors.temperature()),
        bits.mask(model, protocol, ErrorDictionary.Mask.CONTROL, errors.control()),
        bits.mask(model, protocol, ErrorDictionary.Mask.CALIBRATION, errors.calibration()),
        bits.mask(model, protocol, ErrorDictionary.Mask.HARDWARE, errors.hardware()));
  }

  private RecordLine.Padded padded(String text, int decimals) {
    return new RecordLine.Padded(text, numbers.padding(text, decimals));
  }
}
