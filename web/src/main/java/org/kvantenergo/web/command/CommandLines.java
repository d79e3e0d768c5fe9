package org.kvantenergo.web.command;

import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.ResourceBundle;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.web.format.Elapsed;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;

/** From what the domain says of commands to what the viewer sees. */
public final class CommandLines {

  private final Numbers numbers;
  private final ResourceBundle texts;
  private final CommandWords words;
  private final ZoneId zone;
  private final Instant now;
  private final LocalDate today;

  /** In the viewer's language and zone. */
  public CommandLines(Locale locale, ZoneId zone, Clock clock) {
    this.numbers = new Numbers(locale);
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
    this.words = new CommandWords(locale, zone);
    this.zone = zone;
    this.now = clock.instant();
    this.today = LocalDate.ofInstant(now, zone);
  }

  /**
   * A command.
   *
   * @param number place in the list; 0: outside of it
   */
  public CommandLine line(CommandRow row, long number) {
    return new CommandLine(
        row.id().value(),
        number == 0 ? "" : numbers.whole(number),
        row.device().value(),
        Identifier.serial(row.serial()),
        Identifier.imei(row.imei()),
        words.of(row.command()),
        row.part() == CommandRow.Part.ALONE ? "" : words.of(row.part()),
        words.chip(row),
        said("command.attempts", row.attempts(), row.attemptsAllowed()),
        row.author(),
        moment(row.createdAt()),
        moment(row.sentAt()),
        moment(row.expiresAt()),
        moment(row.endedAt()),
        row.state() == CommandState.QUEUED);
  }

  CommandWords words() {
    return words;
  }

  Moment moment(Instant at) {
    return Moment.of(at, zone, today);
  }

  /** Whether it is over. */
  boolean past(Instant at) {
    return !at.isAfter(now);
  }

  /** «7 мин»; of something near «1 мин» at least. */
  String until(Instant at) {
    Duration left = Duration.between(now, at);
    Duration least = Duration.ofMinutes(1);
    return Elapsed.text(left.compareTo(least) < 0 ? least : left, numbers, texts);
  }

  String whole(long value) {
    return numbers.whole(value);
  }

  String text(String key) {
    return texts.getString(key);
  }

  /** A text with values in its places; numbers as the viewer reads them. */
  String said(String key, Object... values) {
    Object[] shown = values.clone();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] instanceof Number number) {
        shown[i] = numbers.whole(number.longValue());
      }
    }
    return MessageFormat.format(texts.getString(key), shown);
  }
}
