package org.kvantenergo.web.command;

import java.util.List;

/**
 * Where a command is, ready to be shown: a chip with a word, and how far it got.
 *
 * @param state name of the state, for styles and tests
 * @param text the word; says the reason too where it tells more than the state
 * @param hint the reason in a sentence; the word once more if there is none
 * @param tone style class of the chip; empty if it is neither good nor bad
 * @param track a style class for each of the four steps: «o» done, «c» under way, «d» refused, «w»
 *     not in force, empty not reached
 */
public record StateChip(String state, String text, String hint, String tone, List<String> track) {

  /** Keeps its own list. */
  public StateChip {
    track = List.copyOf(track);
  }
}
