package org.kvantenergo.web.registry;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kvantenergo.registry.ConsumerAccount;
import org.kvantenergo.registry.DeviceHistory;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.MeterHistory;
import org.kvantenergo.registry.MeterRow;
import org.kvantenergo.registry.Site;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;

/** From what the registry says to what the viewer sees: times in the zone of their site. */
final class Lines {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);
  private static final int SOON_DAYS = 30;

  /** What is not shown beside a day, so that it stands below the days of moments. */
  private static final String NO_TIME = "00:00:00";

  private final Numbers numbers;
  private final ZoneId zone;
  private final Instant now;

  Lines(Locale locale, ZoneId zone, Clock clock) {
    this.numbers = new Numbers(locale);
    this.zone = zone;
    this.now = clock.instant();
  }

  MeterLine line(MeterRow row, long number) {
    Meter meter = row.meter();
    MeterRow.Placed placed = row.placed();
    LocalDate due = row.verified() == null ? null : row.verified().dueOn();
    return new MeterLine(
        meter.id().value(),
        number == 0 ? "" : numbers.whole(number),
        placed == null ? "" : placed.address(),
        placed != null && placed.kind() == SiteKind.HOUSE,
        placed == null ? "" : placed.place(),
        meter.resource().name(),
        meter.type(),
        meter.serial(),
        meter.diameter() == null ? "" : numbers.whole(meter.diameter()),
        meter.capacity() == null ? "" : number(meter.capacity()),
        placed == null ? moment(null, zone) : moment(placed.since(), placed.zone()),
        due == null ? "" : DAY.format(due),
        due == null ? "" : tone(due, placed == null ? zone : placed.zone()),
        String.join(", ", row.seals()),
        row.fitted() == null ? null : Identifier.serial(row.fitted().serial()),
        row.accounts().stream().map(MeterRow.Held::number).collect(Collectors.joining(", ")),
        row.accounts().stream().map(MeterRow.Held::holder).collect(Collectors.joining(", ")));
  }

  private String tone(LocalDate due, ZoneId where) {
    LocalDate today = LocalDate.ofInstant(now, where);
    if (!today.isBefore(due)) {
      return "cell-d";
    }
    return today.isBefore(due.minusDays(SOON_DAYS)) ? "" : "cell-w";
  }

  List<Event> events(MeterHistory history) {
    ZoneId where = history.places().isEmpty() ? zone : history.places().get(0).placed().zone();
    List<Event> events = new ArrayList<>();
    for (MeterHistory.Place p : history.places()) {
      String place = p.placed().place();
      events.add(
          new Event(
              "meters.event.place",
              p.placed().address() + (place.isEmpty() ? "" : ", " + place),
              readings(p.first(), p.last()),
              moment(p.placed().since(), p.placed().zone()),
              moment(p.until(), p.placed().zone())));
    }
    for (MeterHistory.Device d : history.devices()) {
      events.add(
          new Event(
              "meters.event.device",
              Identifier.serial(d.fitted().serial()).text(),
              "",
              moment(d.fitted().since(), where),
              moment(d.until(), where)));
    }
    for (MeterHistory.Seal s : history.seals()) {
      events.add(
          new Event(
              "meters.event.seal",
              s.number(),
              "",
              moment(s.since(), where),
              moment(s.until(), where)));
    }
    for (MeterRow.Verified v : history.verifications()) {
      events.add(new Event("meters.event.verification", "", "", day(v.doneOn()), day(v.dueOn())));
    }
    return events;
  }

  /** On which meters a device was. */
  List<Event> carriers(List<DeviceHistory> carriers) {
    List<Event> events = new ArrayList<>(carriers.size());
    for (DeviceHistory c : carriers) {
      ZoneId where = c.zone() == null ? zone : c.zone();
      events.add(
          new Event(
              "resource." + c.meter().resource(),
              c.meter().type()
                  + " "
                  + c.meter().serial()
                  + (c.address().isEmpty() ? "" : " · " + c.address()),
              "",
              moment(c.since(), where),
              moment(c.until(), where)));
    }
    return events;
  }

  SiteLine line(Site site, long number, boolean opened, boolean searched) {
    return new SiteLine(
        site.id().value(),
        numbers.whole(number),
        site.depth(),
        searched ? site.address() : site.name(),
        site.address(),
        site.kind().name(),
        site.zone().getId(),
        site.guid() == null ? "" : site.guid().toString(),
        site.children() == 0 ? "" : numbers.whole(site.children()),
        opened,
        site.location() == null
            ? ""
            : site.location().latitude() + ", " + site.location().longitude());
  }

  AccountLine line(ConsumerAccount account, long number) {
    ConsumerAccount.Home home = account.home();
    return home == null
        ? new AccountLine(
            account.id().value(), numbers.whole(number), account.number(), "", "", "", "")
        : new AccountLine(
            account.id().value(),
            numbers.whole(number),
            account.number(),
            home.address(),
            home.holder(),
            DAY.format(home.since()),
            home.until() == null ? "" : DAY.format(home.until()));
  }

  private String readings(BigDecimal first, BigDecimal last) {
    String begun = first == null ? "" : number(first);
    return last == null ? begun : (begun.isEmpty() ? "…" : begun) + " → " + number(last);
  }

  /** In the viewer's language, with the decimals that it has. */
  private String number(BigDecimal number) {
    return numbers.exact(number);
  }

  private static Moment day(LocalDate day) {
    return new Moment(DAY.format(day), NO_TIME, "", "o");
  }

  private Moment moment(Instant instant, ZoneId where) {
    return Moment.of(instant, where, LocalDate.ofInstant(now, where));
  }

  String whole(long value) {
    return numbers.whole(value);
  }
}
