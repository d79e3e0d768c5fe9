package org.kvantenergo.simulator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what nobody announces; the test's timeout ends it. */
final class Done {

  private static final int GLANCE_MILLIS = 10;

  private Done() {}

  static void await(Run run) throws InterruptedException {
    await(run::done);
  }

  static void await(BooleanSupplier reached) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    boolean there = reached.getAsBoolean();
    while (!there) {
      there = never.await(GLANCE_MILLIS, TimeUnit.MILLISECONDS) || reached.getAsBoolean();
    }
  }
}
