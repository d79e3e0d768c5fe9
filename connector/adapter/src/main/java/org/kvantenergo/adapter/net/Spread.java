package org.kvantenergo.adapter.net;

import java.util.concurrent.ThreadLocalRandom;

/** When to come back: spread, so that those who were sent away do not all return at once. */
final class Spread {

  private static final int LEAST = 30;
  private static final int MOST = 300;

  private Spread() {}

  /** 30..300 s. */
  static int seconds() {
    return ThreadLocalRandom.current().nextInt(LEAST, MOST + 1);
  }
}
