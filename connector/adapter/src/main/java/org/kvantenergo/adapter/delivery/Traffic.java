package org.kvantenergo.adapter.delivery;

/**
 * When a module that behaves as the protocol means it was last heard of: while there are such, the
 * lanes hold back those who send much. Shared by all lanes, because they share one database.
 */
final class Traffic {

  private static final long QUIET_NANOS = 100_000_000L;

  private volatile long promptAt = System.nanoTime() - QUIET_NANOS;

  void prompt() {
    promptAt = System.nanoTime();
  }

  boolean quiet() {
    return System.nanoTime() - promptAt >= QUIET_NANOS;
  }
}
