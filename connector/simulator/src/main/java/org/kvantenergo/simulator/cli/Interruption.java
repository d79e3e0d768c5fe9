package org.kvantenergo.simulator.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: asks the run for its end and lets the process have the run's exit code. */
final class Interruption {

  /** A run gets so long to end after Ctrl-C, s. */
  private static final int PATIENCE_SECONDS = 8;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int code = 1;

  /** Waits; whether the end was asked for meanwhile or before. */
  boolean within(Duration time) {
    try {
      return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void ask() {
    asked.countDown();
  }

  void ended(int exitCode) {
    code = exitCode;
    ended.countDown();
  }

  /** The shutdown hook. Runs at the normal end too, where there is nothing to wait for. */
  void fromShutdown() {
    if (ended.getCount() == 0) {
      return;
    }
    ask();
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }
}
