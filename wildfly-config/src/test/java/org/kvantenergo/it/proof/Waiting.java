package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what gives no sign of its own, by asking a hundred times a second. */
final class Waiting {
  /** Longer than anything here takes on a busy machine; only what never happens takes it. */
  static final Duration PATIENCE = Duration.ofMinutes(ProofExtension.FULL ? 20 : 3);

  static final int MILLIS = 10;

  private Waiting() {}

  /** A question that may fail. */
  interface Question {
    boolean answer() throws Exception;
  }

  /**
   * Asks until the answer is yes.
   *
   * @throws AssertionError if it does not come to that, or with what the question threw
   */
  static void until(String what, Question question) throws InterruptedException {
    CompletableFuture<Boolean> yes = new CompletableFuture<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused =
          clock.scheduleAtFixedRate(
              () -> {
                try {
                  if (question.answer()) {
                    yes.complete(true);
                  }
                } catch (Exception | AssertionError e) {
                  yes.completeExceptionally(e);
                }
              },
              0,
              MILLIS,
              TimeUnit.MILLISECONDS);
      assertThat(yes.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (TimeoutException e) {
      throw new AssertionError("in vain for " + PATIENCE.toSeconds() + " s: " + what, e);
    } catch (ExecutionException e) {
      throw new AssertionError("while waiting for: " + what, e.getCause());
    } finally {
      clock.shutdownNow();
    }
  }
}
