package org.kvantenergo.launcher;

import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What a launch has started. One thread starts part after part; any other may stop all of them, in
 * the reverse order. That one part cannot be stopped never keeps another from being stopped.
 */
final class Parts {
  /** A part that is just being started is waited for, so that it does not outlive the launch. */
  private static final long LONGEST_START_SECONDS = 60;

  private final Consumer<String> warnings;
  private final Deque<AutoCloseable> started = new ConcurrentLinkedDeque<>();
  private final ReentrantLock starting = new ReentrantLock();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** How a part is started. */
  @FunctionalInterface
  interface Start<T extends AutoCloseable> {
    T start() throws IOException, InterruptedException;
  }

  /**
   * @param warnings takes a line about each part that could not be stopped
   */
  Parts(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /**
   * Starts one more.
   *
   * @throws LaunchException if all are being stopped already
   */
  <T extends AutoCloseable> T start(Start<T> how) throws IOException, InterruptedException {
    starting.lock();
    try {
      if (stopping.get()) {
        throw new LaunchException("Stopped while starting.");
      }
      T part = how.start();
      started.push(part);
      return part;
    } finally {
      starting.unlock();
    }
  }

  /** Whether somebody has begun to stop them. */
  boolean stopping() {
    return stopping.get();
  }

  /** From now on nothing more is started; false if that was so before. */
  boolean beginStop() {
    return stopping.compareAndSet(false, true);
  }

  /**
   * Stops all of them.
   *
   * @return whether every one could be stopped
   */
  boolean stop() {
    boolean alone = awaitStart();
    boolean well = alone;
    try {
      for (AutoCloseable part = started.poll(); part != null; part = started.poll()) {
        well &= close(part);
      }
      return well;
    } finally {
      if (alone) {
        starting.unlock();
      }
      stopped.countDown();
    }
  }

  private boolean awaitStart() {
    try {
      return starting.tryLock(LONGEST_START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns when another thread has stopped all of them. */
  void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  private boolean close(AutoCloseable part) {
    try {
      part.close();
      return true;
    } catch (Throwable e) {
      // Errors too: in a JVM that shuts down a class may be gone that was never needed before.
      warn(e);
      return false;
    }
  }

  private void warn(Throwable e) {
    try {
      warnings.accept(DatabaseCheck.oneLine(e));
    } catch (Throwable unheard) {
      // The parts that still run matter more than the line about one.
    }
  }
}
