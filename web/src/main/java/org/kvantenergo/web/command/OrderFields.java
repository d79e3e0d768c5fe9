package org.kvantenergo.web.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.kvantenergo.command.CampaignPlan;
import org.kvantenergo.command.CommandKind;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.web.grid.Asked;

/**
 * The fields of the dialog: what stands in them when it opens, and what was typed. Nothing that was
 * typed is kept: an access point has a password.
 */
final class OrderFields {

  private static final Duration LIFE = Duration.ofDays(7);
  private static final int ATTEMPTS = 3;
  private static final int MOST_CANARIES = 20;
  private static final int TENTH = 10;
  private static final int THRESHOLD = 90;
  private static final DateTimeFormatter TYPED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss]", Locale.ROOT);

  private final CommandKind kind;
  private final ZoneId zone;

  OrderFields(CommandKind kind, ZoneId zone) {
    this.kind = kind;
    this.zone = zone;
  }

  /** As a field is called in the page. */
  static String name(Field field) {
    return "order-" + field.name();
  }

  /**
   * What stands in the fields at first.
   *
   * @param title name of a campaign
   * @param devices how many are meant
   */
  Map<Field, String> first(String title, long devices, Instant now) {
    Map<Field, String> values = new EnumMap<>(Field.class);
    values.put(Field.CONTRACT_DAY, "1");
    values.put(Field.CONTRACT_HOUR, "0");
    values.put(Field.PERIOD, "60");
    values.put(Field.RETRIES, "3");
    values.put(Field.EXPIRES, typed(now.plus(LIFE).truncatedTo(ChronoUnit.HOURS)));
    values.put(Field.ATTEMPTS, Integer.toString(ATTEMPTS));
    values.put(Field.NAME, title);
    long canaries = Math.max(1, Math.min(MOST_CANARIES, devices / TENTH));
    values.put(Field.CANARIES, Long.toString(canaries));
    values.put(Field.THRESHOLD, Integer.toString(THRESHOLD));
    return values;
  }

  /** A moment as a field of the page takes it. */
  String typed(Instant at) {
    return TYPED.format(LocalDateTime.ofInstant(at, zone));
  }

  /** What stands in the fields at first, as if it had been typed. */
  Draft read(Map<Field, String> values, boolean composite, boolean campaign) {
    return read((Typed) values::get, composite, campaign);
  }

  /** What was typed. */
  Draft read() {
    return read(
        field -> Asked.text(name(field)).strip(),
        !Asked.text("order-composite").isEmpty(),
        Asked.text("order-how").equals("FIRST"));
  }

  private interface Typed {
    /** Null or empty if there is nothing. */
    String of(Field field);
  }

  private Draft read(Typed typed, boolean composite, boolean campaign) {
    Integer attempts = whole(typed.of(Field.ATTEMPTS));
    return new Draft(
        command(typed),
        kind == CommandKind.APN ? access() : null,
        moment(typed.of(Field.EXPIRES)),
        attempts == null ? 0 : attempts,
        composite && kind.setting(),
        campaign ? plan(typed) : null);
  }

  private CommandText command(Typed typed) {
    return switch (kind) {
      case SCHEDULE ->
          new CommandText(
              kind,
              whole(typed.of(Field.CONTRACT_DAY)),
              whole(typed.of(Field.CONTRACT_HOUR)),
              whole(typed.of(Field.PERIOD)),
              null,
              null,
              null,
              null);
      case METROLOGICAL -> CommandText.metrological();
      case TECHNOLOGICAL -> CommandText.technological();
      case RETRIES ->
          new CommandText(kind, null, null, null, whole(typed.of(Field.RETRIES)), null, null, null);
      case APN -> CommandText.apn(typed.of(Field.APN) == null ? "" : typed.of(Field.APN));
      case ARCHIVE -> CommandText.archive(moment(typed.of(Field.FROM)), moment(typed.of(Field.TO)));
    };
  }

  /** With the spaces around them: they may be meant. */
  private static CommandOrder.Access access() {
    return new CommandOrder.Access(
        Asked.text(name(Field.APN_LOGIN)), Asked.text(name(Field.APN_PASSWORD)));
  }

  private static CampaignPlan plan(Typed typed) {
    Integer canaries = whole(typed.of(Field.CANARIES));
    Integer threshold = whole(typed.of(Field.THRESHOLD));
    return new CampaignPlan(
        typed.of(Field.NAME), canaries == null ? 0 : canaries, threshold == null ? -1 : threshold);
  }

  /** Null if there is nothing; what is no number is in no range. */
  private static Integer whole(String typed) {
    if (typed == null || typed.isEmpty()) {
      return null;
    }
    return typed.matches("[0-9]{1,9}") ? Integer.valueOf(typed) : Integer.valueOf(-1);
  }

  /** Of an hour that comes twice the second is meant, as in lists. */
  private Instant moment(String typed) {
    try {
      return typed == null || typed.isEmpty()
          ? null
          : LocalDateTime.parse(typed, TYPED).atZone(zone).withLaterOffsetAtOverlap().toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
