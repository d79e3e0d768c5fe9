package org.kvantenergo.command;

import java.time.Instant;
import java.util.List;

/**
 * A command with all that happened to it.
 *
 * @param row the command
 * @param events in their order, at least one
 * @param task the commands of its task in their order, itself among them; itself alone if it is in
 *     none
 * @param next when its device is expected, as {@code DeviceOutlook} says; null unless it waits for
 *     it and there is an expectation; in the past if it is overdue
 */
public record CommandStory(
    CommandRow row, List<CommandEvent> events, List<CommandRow> task, Instant next) {

  /** Keeps copies of its own. */
  public CommandStory {
    events = List.copyOf(events);
    task = List.copyOf(task);
  }

  /**
   * Something that happened to a command.
   *
   * @param at when it was stored
   * @param state in which it has been since
   * @param attempt how often it had been written to a connection
   * @param session in which; 0 if in none
   * @param login who did it; empty: the device or the system
   * @param address from where; empty if not known
   * @param reason null if there is none
   */
  public record CommandEvent(
      Instant at,
      CommandState state,
      int attempt,
      long session,
      String login,
      String address,
      CommandReason reason) {}
}
