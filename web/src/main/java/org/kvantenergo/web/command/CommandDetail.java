package org.kvantenergo.web.command;

import java.util.List;
import org.kvantenergo.web.format.Moment;

/**
 * A command with all that happened to it, as the drawer shows it.
 *
 * @param line the command
 * @param steps in their order; the last one may still be to come
 * @param task the commands of its task; empty if it is in none
 * @param campaign 0 if it is of none
 * @param cancellable whether it, or the task that it is of, can be taken back
 */
public record CommandDetail(
    CommandLine line,
    List<Step> steps,
    List<CommandLine> task,
    long campaign,
    boolean cancellable) {

  /** Keeps copies of its own. */
  public CommandDetail {
    steps = List.copyOf(steps);
    task = List.copyOf(task);
  }

  /** Whether it was carried out, and waits for its proof. */
  public boolean unproven() {
    return line.chip().state().equals("DONE") && steps.get(steps.size() - 1).leadsTo("VERIFIED");
  }

  /**
   * A step of a command.
   *
   * @param name the word of the state
   * @param code name of the state
   * @param icon id of an icon
   * @param tone style class: «o» done, «n» to come, «d» refused, «w» not in force, «e» ended
   *     otherwise
   * @param at when; when it is expected, if it is to come
   * @param about whether that is no more than an expectation
   * @param text who, from where, in which session, why
   * @param session 0 if there is none
   */
  public record Step(
      String name,
      String code,
      String icon,
      String tone,
      Moment at,
      boolean about,
      String text,
      long session) {

    /** Whether it is yet to come, and leads to a state. */
    boolean leadsTo(String state) {
      return tone.equals("n") && code.equals(state);
    }
  }
}
