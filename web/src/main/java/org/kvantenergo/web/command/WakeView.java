package org.kvantenergo.web.command;

import java.util.List;

/**
 * When devices are expected; texts are empty where there is nothing.
 *
 * @param first when the first of them is
 * @param last when the last of them is, if that is another moment
 * @param until how long it is until the first
 * @param overdue how many are silent for longer than they should
 * @param unknown of how many nobody knows
 * @param bars how many within which time; none for one device
 */
public record WakeView(
    String first, String last, String until, String overdue, String unknown, List<WakeBar> bars) {

  /** Keeps its own list. */
  public WakeView {
    bars = List.copyOf(bars);
  }
}
