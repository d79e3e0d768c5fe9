package org.kvantenergo.registry.lists.internal;

import java.util.ArrayDeque;
import java.util.Queue;

/** Tasks of which only so many run at a time, in the order in which they came. Any thread. */
final class Turns {

  private final int most;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  Turns(int most) {
    this.most = most;
  }

  /** Takes a task; whether a thread is to call {@link #run} for it. */
  synchronized boolean offer(Runnable task) {
    waiting.add(task);
    if (running == most) {
      return false;
    }
    running++;
    return true;
  }

  /** Runs what waits until nothing does. */
  void run() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        ended();
        throw e;
      }
    }
  }

  private synchronized Runnable next() {
    Runnable task = waiting.poll();
    if (task == null) {
      running--;
    }
    return task;
  }

  private synchronized void ended() {
    running--;
  }
}
