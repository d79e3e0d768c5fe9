package org.kvantenergo.web.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.OrderCheck.Sample;
import org.kvantenergo.command.OrderCheck.WakeTimes;
import org.kvantenergo.web.format.Elapsed;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;

/** A dry run as the dialog shows it: lines, a strip of waking times, and when that was. */
final class OrderView {

  private static final int FEW = 3;
  private static final int SOON_SECONDS = 30;
  private static final int DAY = 1440;
  private static final int MOST_PERIOD = 44_640;

  /** Upper ends of the strip, as the desk counts; the last has none. */
  private static final List<Duration> ENDS =
      List.of(
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7));

  private final Locale locale;
  private final ZoneId zone;
  private final Instant now;
  private final ResourceBundle texts;
  private final Numbers numbers;

  OrderView(Locale locale, ZoneId zone, Clock clock) {
    this.locale = locale;
    this.zone = zone;
    this.now = clock.instant();
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
    this.numbers = new Numbers(locale);
  }

  /** A count with the form of a noun that goes with it. */
  String counted(long number, String key) {
    return numbers.whole(number) + " " + form(number, key);
  }

  /** A text with a number in it, and the form of the whole that goes with the number. */
  String framed(String key, long number) {
    return form(number, key).replace("{0}", numbers.whole(number));
  }

  String text(String key) {
    return texts.containsKey(key) ? texts.getString(key) : "";
  }

  /** How often a period is, with a full stop; empty if it is none. */
  String often(Integer minutes) {
    if (minutes == null || minutes < 1 || minutes > MOST_PERIOD) {
      return "";
    }
    return minutes <= DAY
        ? counted(DAY / minutes, "order.often.day") + ". "
        : text("order.often.every")
            + " "
            + Elapsed.text(Duration.ofMinutes(minutes), numbers, texts)
            + ". ";
  }

  private String form(long number, String key) {
    return Plural.of(locale, number, texts.getString(key));
  }

  /** Now. */
  String time() {
    return text(now);
  }

  /**
   * What becomes of whom.
   *
   * @param composite whether locked devices are opened first
   */
  List<OrderLine> lines(OrderCheck check, boolean composite) {
    List<OrderLine> lines = new ArrayList<>();
    Map<Fate, List<Sample>> samples =
        check.samples().stream().collect(Collectors.groupingBy(Sample::fate));
    for (Fate fate : Fate.values()) {
      long count = check.count(fate);
      if (count > 0 && !(fate == Fate.LOCKED && composite)) {
        List<String> serials =
            samples.getOrDefault(fate, List.of()).stream().map(OrderView::number).toList();
        lines.add(
            new OrderLine(
                fate.name(),
                icon(fate),
                tone(fate),
                numbers.whole(count),
                form(count, "order.fate." + (composite && fate == Fate.QUEUED ? "tasks" : fate)),
                few(serials, count),
                String.join(", ", serials)));
      }
    }
    return lines;
  }

  private static String number(Sample sample) {
    return sample.serial() == 0 ? sample.asked() : Identifier.serial(sample.serial()).text();
  }

  private String few(List<String> serials, long count) {
    String shown = serials.stream().limit(FEW).collect(Collectors.joining(", "));
    return shown.isEmpty() || count <= FEW
        ? shown
        : shown + " " + texts.getString("order.more") + " " + numbers.whole(count - FEW);
  }

  private static String icon(Fate fate) {
    return switch (fate) {
      case QUEUED -> "ok";
      case REPLACES -> "retry";
      case LOCKED -> "lock";
      case AFTER_SENT -> "clk";
      case NEVER_REPORTED, BLOCKED, UNREGISTERED, NO_SUCH_COMMAND, UNKNOWN -> "x";
    };
  }

  private static String tone(Fate fate) {
    return fate.refused() ? "da" : fate == Fate.QUEUED ? "ok" : "wa";
  }

  /** When those are expected who get something. */
  WakeView wake(WakeTimes wake) {
    return new WakeView(
        wake.first() == null ? "" : text(wake.first()),
        wake.last() == null || wake.last().equals(wake.first()) ? "" : text(wake.last()),
        until(wake.first()),
        wake.overdue() == 0 ? "" : counted(wake.overdue(), "order.wake.overdue"),
        wake.unknown() == 0 ? "" : counted(wake.unknown(), "order.wake.unknown"),
        bars(wake));
  }

  private String until(Instant at) {
    if (at == null) {
      return "";
    }
    Duration left = Duration.between(now, at);
    return left.toSeconds() < SOON_SECONDS
        ? text("device.now")
        : text("device.in").replace("{0}", Elapsed.text(left, numbers, texts));
  }

  /** None for one device, of which the time says it all. */
  private List<WakeBar> bars(WakeTimes wake) {
    long all = wake.buckets().stream().mapToLong(OrderCheck.Bucket::devices).sum();
    long most = wake.buckets().stream().mapToLong(OrderCheck.Bucket::devices).max().orElse(0);
    List<WakeBar> bars = new ArrayList<>();
    for (int at = 0; all > 1 && at <= ENDS.size(); at++) {
      Duration end = at < ENDS.size() ? ENDS.get(at) : null;
      long devices =
          wake.buckets().stream()
              .filter(bucket -> Objects.equals(bucket.within(), end))
              .mapToLong(OrderCheck.Bucket::devices)
              .sum();
      int height = devices == 0 ? 0 : (int) Math.max(2, WakeBar.HIGHEST * devices / most);
      String label =
          end == null ? texts.getString("order.later") : Elapsed.text(end, numbers, texts);
      bars.add(new WakeBar(label, devices == 0 ? "" : numbers.whole(devices), height));
    }
    return bars;
  }

  /** The time alone if it is today's. */
  private String text(Instant at) {
    Moment moment = Moment.of(at, zone, LocalDate.ofInstant(now, zone));
    return moment.tone().isEmpty() ? moment.time() : moment.text();
  }
}
