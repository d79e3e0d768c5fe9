package org.kvantenergo.adapter.net;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Moments spread at random, so that crowds do not do the same thing at once. */
final class Spread {

  private static final int LEAST = 30;
  private static final int MOST = 300;

  private static final long SOONEST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private Spread() {}

  /** After how many seconds who was sent away may come back, 30..300. */
  static int seconds() {
    return ThreadLocalRandom.current().nextInt(LEAST, MOST + 1);
  }

  /** After how long the start of a session that says nothing is stored, ns: 1..30 s. */
  static long startNanos() {
    return ThreadLocalRandom.current().nextLong(SOONEST_NANOS, LATEST_NANOS);
  }
}
