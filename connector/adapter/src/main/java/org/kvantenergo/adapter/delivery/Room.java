package org.kvantenergo.adapter.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * What waits in a lane, by weight, and who waits for less of it. Who sends much fills a room of
 * their own. Guarded by the lane.
 */
final class Room {

  /** Called when there is room again. */
  final List<Runnable> waiting = new ArrayList<>();

  /** Weight. */
  int queued;

  /** Who may go on now: all, once half of what is full is left. */
  List<Runnable> resumed(int full) {
    if (queued >= full / 2 || waiting.isEmpty()) {
      return List.of();
    }
    List<Runnable> resumed = List.copyOf(waiting);
    waiting.clear();
    return resumed;
  }
}
