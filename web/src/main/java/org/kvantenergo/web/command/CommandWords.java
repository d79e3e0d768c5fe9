package org.kvantenergo.web.command;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.CommandKind;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.web.format.Numbers;

/** Commands as people say them, in the viewer's language and zone. */
public final class CommandWords {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("dd.MM.yyyy H:mm", Locale.ROOT);

  private final ZoneId zone;
  private final Numbers numbers;
  private final ResourceBundle texts;

  public CommandWords(Locale locale, ZoneId zone) {
    this.zone = zone;
    this.numbers = new Numbers(locale);
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
  }

  /** A command with its arguments: «Расписание: день 1, 0 ч, 60 мин». */
  public String of(CommandText command) {
    if (command.kind() == null) {
      return texts.getString("command.newer");
    }
    return switch (command.kind()) {
      case SCHEDULE ->
          said(
              "command.said.SCHEDULE",
              numbers.whole(command.contractDay()),
              numbers.whole(command.contractHour()),
              numbers.whole(command.periodMinutes()));
      case RETRIES -> said("command.said.RETRIES", numbers.whole(command.retries()));
      case APN -> said("command.said.APN", command.apn());
      case ARCHIVE -> said("command.said.ARCHIVE", minute(command.from()), minute(command.to()));
      case METROLOGICAL, TECHNOLOGICAL -> texts.getString("command.said." + command.kind().name());
    };
  }

  /** What a kind is called in the manual's menu. */
  public String of(CommandKind kind) {
    return texts.getString("command.kind." + kind.name());
  }

  /** The word of a state. */
  public String of(CommandState state) {
    return texts.getString("command.state." + state.name());
  }

  /** Why a command ended, in a sentence. */
  public String of(CommandReason reason) {
    return texts.getString("command.reason." + reason.name());
  }

  /** What a command is in its task. */
  public String of(CommandRow.Part part) {
    return texts.getString("command.part." + part.name());
  }

  /** The word of a campaign's state. */
  public String of(CampaignState state) {
    return texts.getString("campaign.state." + state.name());
  }

  /** What an order comes to for a device. */
  public String of(Fate fate) {
    return texts.getString("command.fate." + fate.name());
  }

  /** What is wrong, in a sentence: a field may have one of its own. */
  public String of(OrderFault fault) {
    String own = "command.fault." + fault.field().name() + "." + fault.problem().name();
    String key = texts.containsKey(own) ? own : "command.fault." + fault.problem().name();
    return said(key, (Object[]) fault.value().split("\\.\\.", -1));
  }

  /** Where a command is. */
  public StateChip chip(CommandRow row) {
    return chip(row.state(), row.reason(), row.attempts());
  }

  /**
   * Where a command is.
   *
   * @param reason null if there is none
   * @param attempts how often it was written to a connection
   */
  public StateChip chip(CommandState state, CommandReason reason, int attempts) {
    return new StateChip(
        state.name(),
        word(state, reason),
        reason == null ? of(state) : of(reason),
        tone(state),
        track(state, reason, attempts));
  }

  /** Style class of a chip: proof alone is green. */
  public static String tone(CommandState state) {
    return switch (state) {
      case LEASED, DONE -> "cm";
      case VERIFIED -> "ok";
      case REFUSED, FAILED -> "da";
      case MISMATCH, EXPIRED -> "wa";
      case QUEUED, CANCELLED, SUPERSEDED -> "";
    };
  }

  /** Style class of a campaign's chip. */
  public static String tone(CampaignState state) {
    return switch (state) {
      case CANARIES, RUNNING -> "cm";
      case DONE -> "ok";
      case PROPOSED, PAUSED, HALTED -> "wa";
      case CANCELLED -> "";
    };
  }

  private String word(CommandState state, CommandReason reason) {
    if (reason != null) {
      String own = "command.chip." + state.name() + "." + reason.name();
      if (texts.containsKey(own)) {
        return texts.getString(own);
      }
    }
    return of(state);
  }

  private static List<String> track(CommandState state, CommandReason reason, int attempts) {
    return switch (state) {
      case QUEUED -> List.of("c", "", "", "");
      case LEASED -> List.of("o", "c", "", "");
      case DONE -> List.of("o", "o", "o", reason == CommandReason.OUTDATED ? "" : "c");
      case VERIFIED -> List.of("o", "o", "o", "o");
      case REFUSED, FAILED -> List.of("o", attempts > 0 ? "o" : "d", attempts > 0 ? "d" : "", "");
      case MISMATCH -> List.of("o", "o", "o", "w");
      case EXPIRED -> attempts > 0 ? List.of("o", "o", "", "") : List.of("o", "", "", "");
      case CANCELLED, SUPERSEDED -> List.of("o", "", "", "");
    };
  }

  /** dd.MM.yyyy H:mm. */
  String minute(Instant at) {
    return MINUTE.format(at.atZone(zone));
  }

  private String said(String key, Object... values) {
    return MessageFormat.format(texts.getString(key), values);
  }
}
