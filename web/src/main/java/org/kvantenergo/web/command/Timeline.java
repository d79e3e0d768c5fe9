package org.kvantenergo.web.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandStory;
import org.kvantenergo.command.CommandStory.CommandEvent;
import org.kvantenergo.web.command.CommandDetail.Step;

/** The steps of a command: those that are behind it, and the one that comes next. */
final class Timeline {

  private final CommandLines lines;
  private final CommandStory story;
  private final boolean paused;

  /**
   * Of a command.
   *
   * @param paused whether its campaign is
   */
  Timeline(CommandLines lines, CommandStory story, boolean paused) {
    this.lines = lines;
    this.story = story;
    this.paused = paused;
  }

  CommandDetail detail() {
    CommandRow row = story.row();
    boolean alone = story.task().size() == 1;
    return new CommandDetail(
        lines.line(row, 0),
        steps(),
        alone ? List.of() : story.task().stream().map(part -> lines.line(part, 0)).toList(),
        row.campaign() == null ? 0 : row.campaign().value(),
        cancellable());
  }

  /** A locking can be taken back with its task alone, and only before that has begun. */
  private boolean cancellable() {
    CommandRow row = story.row();
    return row.state() == CommandState.QUEUED
        && (row.part() != CommandRow.Part.LOCKING
            || story.task().get(0).state() == CommandState.QUEUED);
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    CommandEvent before = null;
    for (CommandEvent event : story.events()) {
      // Taken by a session and written to its connection are two events of one step.
      if (before != null
          && event.state() == CommandState.LEASED
          && before.state() == CommandState.LEASED
          && event.session() == before.session()) {
        steps.remove(steps.size() - 1);
      }
      steps.add(step(event));
      before = event;
    }
    CommandRow row = story.row();
    if (row.state().open() || (row.state() == CommandState.DONE && row.reason() == null)) {
      steps.add(next(row));
    }
    return steps;
  }

  private Step step(CommandEvent event) {
    return new Step(
        lines.words().of(event.state()),
        event.state().name(),
        icon(event.state()),
        event.reason() == CommandReason.OUTDATED ? "e" : tone(event.state()),
        lines.moment(event.at()),
        false,
        text(event),
        event.session());
  }

  private static String icon(CommandState state) {
    return switch (state) {
      case QUEUED, LEASED, DONE, VERIFIED -> "ok";
      case REFUSED, FAILED, CANCELLED -> "x";
      case MISMATCH -> "err";
      case EXPIRED -> "clk";
      case SUPERSEDED -> "retry";
    };
  }

  private static String tone(CommandState state) {
    return switch (state) {
      case QUEUED, LEASED, DONE, VERIFIED -> "o";
      case REFUSED, FAILED -> "d";
      case MISMATCH, EXPIRED -> "w";
      case CANCELLED, SUPERSEDED -> "e";
    };
  }

  private String text(CommandEvent event) {
    CommandRow row = story.row();
    String who = who(event);
    if (event.reason() != null) {
      return lines.words().of(event.reason()) + (who.isEmpty() ? "" : ". " + who);
    }
    return switch (event.state()) {
      case QUEUED ->
          (who.isEmpty() ? row.author() : who)
              + ". "
              + lines.said(
                  "command.step.QUEUED",
                  lines.words().minute(row.expiresAt()),
                  row.attemptsAllowed());
      case LEASED ->
          event.attempt() == 0
              ? lines.text("command.step.taken")
              : lines.said("command.step.LEASED", event.attempt(), row.attemptsAllowed());
      case DONE -> lines.text("command.step.DONE");
      case VERIFIED -> lines.text("command.step.VERIFIED");
      case MISMATCH -> lines.text("command.step.MISMATCH");
      case REFUSED, FAILED, EXPIRED, CANCELLED, SUPERSEDED -> who;
    };
  }

  private String who(CommandEvent event) {
    return event.login().isEmpty() || event.address().isEmpty()
        ? event.login()
        : lines.said("command.step.from", event.login(), event.address());
  }

  private Step next(CommandRow row) {
    boolean done = row.state() == CommandState.DONE;
    String waits = waits(row);
    Instant at = waits.isEmpty() ? story.next() : null;
    boolean late = at != null && lines.past(at);
    String what = done ? "VERIFIED" : row.state() == CommandState.QUEUED ? "LEASED" : "DONE";
    return new Step(
        lines.text("command.next." + what),
        what,
        "clk",
        "n",
        lines.moment(at),
        at != null,
        waits.isEmpty() ? expected(what, at, late) : waits,
        0);
  }

  private String expected(String what, Instant at, boolean late) {
    if (at == null) {
      return lines.text("command.next." + what + ".when");
    }
    return late
        ? lines.text("command.next.late")
        : lines.said("command.next." + what + ".in", lines.until(at));
  }

  /** What holds it up other than the device; empty if nothing does. */
  private String waits(CommandRow row) {
    if (row.state() != CommandState.QUEUED) {
      return "";
    }
    int own = story.task().stream().map(CommandRow::id).toList().indexOf(row.id());
    if (own > 0) {
      CommandRow before = story.task().get(own - 1);
      if (before.state().open()) {
        return lines.said("command.next.after", String.valueOf(before.id().value()));
      }
      return "";
    }
    return paused ? lines.text("command.next.paused") : "";
  }
}
