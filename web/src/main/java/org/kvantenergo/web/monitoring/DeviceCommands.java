package org.kvantenergo.web.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.reading.DeviceOutlook;
import org.kvantenergo.web.command.CommandLines;
import org.kvantenergo.web.command.CommandWords;
import org.kvantenergo.web.format.Elapsed;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;

/** From a command of the chosen device to a line of its tab. */
final class DeviceCommands {

  private static final int SOON_SECONDS = 30;

  private final CommandLines lines;
  private final ZoneId zone;
  private final Instant now;
  private final ResourceBundle texts;
  private final Numbers numbers;
  private final CommandWords words;
  private final Optional<DeviceOutlook.Expected> expected;

  /**
   * For one device.
   *
   * @param expected when it comes
   */
  DeviceCommands(
      Locale locale, ZoneId zone, Clock clock, Optional<DeviceOutlook.Expected> expected) {
    this.lines = new CommandLines(locale, zone, clock);
    this.zone = zone;
    this.now = clock.instant();
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
    this.numbers = new Numbers(locale);
    this.words = new CommandWords(locale, zone);
    this.expected = expected;
  }

  DeviceCommand line(CommandRow row) {
    return new DeviceCommand(lines.line(row, 0), numbers.whole(row.id().value()), next(row));
  }

  private String next(CommandRow row) {
    if (row.state().open()) {
      return expected("device.commands.due");
    }
    if (row.state() == CommandState.DONE && row.reason() == null) {
      return expected("device.commands.proof");
    }
    CommandReason reason = row.reason();
    return reason == null ? "" : words.of(reason);
  }

  private String expected(String key) {
    if (expected.isEmpty()) {
      return texts.getString("device.commands.unknown");
    }
    Instant at = expected.get().at();
    Duration left = Duration.between(now, at);
    if (left.toSeconds() < -SOON_SECONDS) {
      return texts.getString("device.commands.late");
    }
    String in =
        left.toSeconds() < SOON_SECONDS
            ? texts.getString("device.now")
            : texts.getString("device.in").replace("{0}", Elapsed.text(left, numbers, texts));
    Moment moment = moment(at);
    return texts.getString(key)
        + " "
        + (moment.tone().isEmpty() ? moment.time() : moment.text())
        + ", "
        + in;
  }

  private Moment moment(Instant at) {
    return Moment.of(at, zone, LocalDate.ofInstant(now, zone));
  }
}
