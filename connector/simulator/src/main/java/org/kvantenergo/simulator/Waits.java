package org.kvantenergo.simulator;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a module stays away after a session that did not go well (docs/protocol.md, "Coming
 * back").
 *
 * @param longest cuts every wait, also what the server asks for; for tests and demonstrations
 */
record Waits(Duration longest) {

  /** After REJECT 7, s. */
  private static final int STORAGE_FROM = 30;

  private static final int STORAGE_TO = 300;
  private static final long BACKOFF_MILLIS = 1_000;
  private static final int BACKOFF_DOUBLINGS = 6;

  /**
   * The wait after a session, ms.
   *
   * @param attempt failed sessions in a row, from 1
   */
  long millis(Ending ending, int attempt) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long wait =
        switch (ending.kind()) {
          case COMPLETE -> 0;
          case ACK_LOST, COMMAND_DROPPED, STALLED -> random.nextLong(1_000, 5_000);
          case BUSY -> ending.retryAfter() * 1_000L + random.nextLong(1_000);
          case STORAGE_AWAY -> random.nextLong(STORAGE_FROM, STORAGE_TO + 1) * 1_000L;
          case REFUSED -> STORAGE_TO * 1_000L;
          case UNREACHABLE, BROKEN -> {
            long most = BACKOFF_MILLIS << Math.min(BACKOFF_DOUBLINGS, attempt - 1);
            yield random.nextLong(most / 2, most + 1);
          }
        };
    return Math.min(wait, longest.toMillis());
  }
}
