package org.kvantenergo.launcher.fill;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Says every few seconds how far the writing has come, from a thread of its own. */
final class Progress implements AutoCloseable {
  private static final int SECONDS = 5;

  private final LongAdder written = new LongAdder();
  private final long records;
  private final long begun = System.nanoTime();
  private final Consumer<String> lines;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fill-progress");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins.
   *
   * @param records to be written
   * @param lines takes what is said
   */
  Progress(long records, Consumer<String> lines) {
    this.records = records;
    this.lines = lines;
    var unused = clock.scheduleAtFixedRate(this::say, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Is told of every record that was written. */
  LongAdder written() {
    return written;
  }

  private void say() {
    long now = written.sum();
    lines.accept(
        String.format(
            Locale.ROOT,
            "  %,d of %,d records written (%.0f %%), %,.0f records/s",
            now,
            records,
            100.0 * now / records,
            now / seconds()));
  }

  /** Since it began. */
  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
