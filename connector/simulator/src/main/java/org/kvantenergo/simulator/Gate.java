package org.kvantenergo.simulator;

import java.util.ArrayDeque;

/** Lets in so many at once; the others wait in order. May be used from any thread. */
final class Gate {

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int free;

  /**
   * A gate.
   *
   * @param places most at once, 1 or more
   */
  Gate(int places) {
    this.free = places;
  }

  /** Runs now, on this thread, or when a place is free, on the thread that leaves. */
  void enter(Runnable entered) {
    synchronized (this) {
      if (free == 0) {
        waiting.add(entered);
        return;
      }
      free--;
    }
    entered.run();
  }

  /** Gives a place back. */
  void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
    }
    next.run();
  }
}
