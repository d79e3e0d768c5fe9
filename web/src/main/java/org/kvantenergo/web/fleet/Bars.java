package org.kvantenergo.web.fleet;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.device.ErrorKind;
import org.kvantenergo.device.ErrorNames;
import org.kvantenergo.device.FleetFigures;
import org.kvantenergo.device.FleetFigures.Bin;
import org.kvantenergo.device.FleetFigures.Bit;
import org.kvantenergo.device.FleetFigures.Hour;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;

/** From figures to bars, in the language and the zone of the viewer. */
public final class Bars {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("H:mm:ss", Locale.ROOT);

  /** A past hour is told apart when fewer than this share of what is usual reported in it. */
  private static final double LOW = 0.8;

  private static final int WHOLE = 100;

  /** No device has these: what is named for them is named for all. */
  private static final int NO_MODEL = -1;

  private static final int NO_VERSION = -1;

  private final FleetFigures figures;
  private final TableLinks links;
  private final ResourceBundle texts;
  private final Locale locale;
  private final ZoneId zone;
  private final Numbers numbers;

  /**
   * For some figures.
   *
   * @param root context path of the application
   * @param group of the figures; 0 = all
   */
  public Bars(FleetFigures figures, String root, long group, Locale locale, ZoneId zone) {
    this.figures = figures;
    this.links = TableLinks.of(root, group);
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
    this.locale = locale;
    this.zone = zone;
    this.numbers = new Numbers(locale);
  }

  /** How many reported in each hour of the day; what opens is who was not heard since. */
  public List<Bar> hours() {
    long most = figures.modules();
    long usual = usual();
    return figures.hours().stream().map(hour -> hour(hour, most, usual)).toList();
  }

  private Bar hour(Hour hour, long most, long usual) {
    boolean current = hour.from().equals(figures.hour());
    String time = CLOCK.format(hour.from().atZone(zone));
    String title =
        hour.reported() == null
            ? said("fleet.hour.none", time)
            : said("fleet.hour", time, modules(hour.reported()))
                + (current ? "" : " " + said("fleet.hour.last", modules(hour.last())));
    long count = Objects.requireNonNullElse(hour.reported(), 0L);
    boolean low = !current && hour.reported() != null && count < usual * LOW;
    Instant end = current ? null : hour.from().plus(Duration.ofHours(1));
    String href = hour.last() == 0 ? "" : links.received(hour.from(), end);
    String tone = hour.reported() == null ? "none" : low ? "wa" : "";
    return new Bar(time, title, href, whole(hour.last()), hour.last(), of(count, most), tone);
  }

  /** What the hours of the day are about: half of those that are over had more, half fewer. */
  public long usual() {
    List<Long> past =
        figures.hours().stream()
            .filter(hour -> !hour.from().equals(figures.hour()))
            .map(Hour::reported)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return past.isEmpty() ? 0 : past.get(past.size() / 2);
  }

  /** The seconds about the full hour; where each stands, {@link Spike} says. */
  List<Spike> burst() {
    long most = figures.burst().stream().mapToLong(FleetFigures.Second::modules).max().orElse(1);
    Instant begin = figures.hour().minus(Duration.ofMinutes(1));
    return figures.burst().stream()
        .map(
            second ->
                new Spike(
                    Duration.between(begin, second.from()).toSeconds(),
                    new Bar(
                        exact(second.from()),
                        said("fleet.second", exact(second.from()), modules(second.modules())),
                        links.received(second.from(), second.from().plusSeconds(1)),
                        whole(second.modules()),
                        second.modules(),
                        of(second.modules(), most),
                        "")))
        .toList();
  }

  /**
   * A bar of the burst.
   *
   * @param x seconds from the left end, 0..299
   * @param bar what it is
   */
  public record Spike(long x, Bar bar) {}

  /** The peak of the burst in words; empty if there is none. */
  String peak() {
    return figures.burst().stream()
        .max((a, b) -> Long.compare(a.modules(), b.modules()))
        .map(s -> said("fleet.burst.peak", modules(s.modules()), exact(s.from())))
        .orElse("");
  }

  /**
   * Who is silent, by group, where anybody is.
   *
   * @param names of the groups, by id
   */
  List<Bar> silent(Map<Long, String> names) {
    long most = figures.groups().stream().mapToLong(FleetFigures.Group::silent).max().orElse(1);
    List<Bar> bars = new ArrayList<>();
    for (FleetFigures.Group group : figures.groups()) {
      if (group.silent() > 0) {
        String name = group.id() == null ? text("fleet.noGroup") : names.get(group.id().value());
        String href =
            group.id() == null ? "" : TableLinks.of(links.root(), group.id().value()).silent();
        String title =
            said("fleet.silent.of", name, modules(group.silent()), whole(group.modules()));
        bars.add(bar(name, title, href, group.silent(), most, "wa"));
      }
    }
    bars.sort((a, b) -> Long.compare(b.count(), a.count()));
    return bars;
  }

  /**
   * The error bits, the most frequent first.
   *
   * @param names only those that hold for every model and version are used: a bar counts them all
   */
  List<Bar> bits(ErrorNames names) {
    long most = figures.bits().stream().mapToLong(Bit::modules).max().orElse(1);
    return figures.bits().stream()
        .map(
            bit -> {
              String name = text("fleet.mask." + bit.mask()) + ", " + named(bit, names);
              String tone = bit.mask() == ErrorKind.HARDWARE ? "da" : "wa";
              String title = name + ": " + modules(bit.modules());
              return bar(name, title, links.bit(bit), bit.modules(), most, tone);
            })
        .toList();
  }

  private String named(Bit bit, ErrorNames names) {
    ErrorDictionary.Mask mask = ErrorDictionary.Mask.valueOf(bit.mask().name());
    return names
        .of(NO_MODEL, NO_VERSION, mask, bit.bit())
        .map(e -> locale.getLanguage().equals("en") ? e.english() : e.russian())
        .orElse(text("bit") + " " + bit.bit());
  }

  List<Bar> battery() {
    return bins("battery", figures.battery(), text("fleet.volts"), "3.2", "3.4");
  }

  List<Bar> rssi() {
    return bins("rssi", figures.rssi(), text("fleet.dbm"), "-103", "-95");
  }

  private List<Bar> bins(String what, List<Bin> bins, String unit, String red, String amber) {
    long most = bins.stream().mapToLong(Bin::modules).max().orElse(1);
    return bins.stream()
        .map(
            bin -> {
              String name = ends(bin) + " " + unit;
              String tone = below(bin, red) ? "da" : below(bin, amber) ? "wa" : "";
              String href = bin.modules() == 0 ? "" : links.range(what, bin);
              return bar(
                  name, name + ": " + modules(bin.modules()), href, bin.modules(), most, tone);
            })
        .toList();
  }

  private static boolean below(Bin bin, String end) {
    return !bin.to().isEmpty() && new BigDecimal(bin.to()).compareTo(new BigDecimal(end)) <= 0;
  }

  private String ends(Bin bin) {
    if (bin.from().isEmpty()) {
      return said("fleet.upTo", number(bin.to()));
    }
    return bin.to().isEmpty()
        ? said("fleet.from", number(bin.from()))
        : number(bin.from()) + " … " + number(bin.to());
  }

  private String number(String plain) {
    BigDecimal value = new BigDecimal(plain);
    return value.scale() > 0 ? numbers.fixed(value.doubleValue()) : numbers.whole(value.intValue());
  }

  private Bar bar(String label, String title, String href, long count, long most, String tone) {
    return new Bar(label, title, href, whole(count), count, of(count, most), tone);
  }

  private static double of(long count, long most) {
    return count == 0 ? 0 : Math.max(1, Math.min(WHOLE, Math.floorDiv(count * WHOLE, most)));
  }

  /** A time of the day with seconds. */
  String exact(Instant at) {
    return EXACT.format(at.atZone(zone));
  }

  /** A time of the day without seconds. */
  public String clock(Instant at) {
    return CLOCK.format(at.atZone(zone));
  }

  /** A whole number. */
  public String whole(long value) {
    return numbers.whole(value);
  }

  private String modules(long number) {
    return whole(number) + " " + Plural.of(locale, number, text("fleet.modules"));
  }

  private String said(String key, Object... values) {
    return new MessageFormat(text(key), locale).format(values);
  }

  private String text(String key) {
    return texts.getString(key);
  }
}
