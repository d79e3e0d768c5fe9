package org.kvantenergo.adapter.delivery;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.Timer;
import java.util.TimerTask;
import org.kvantenergo.adapter.AdapterLog;

/**
 * The server's work threads, with patience: a work that the server has no thread for now is offered
 * again until it is taken, because sessions wait for what it carries. Safe for any thread.
 */
public final class Workers implements AutoCloseable {

  private static final long OFFER_AGAIN_MILLIS = 100;

  private final WorkManager workManager;
  private final Timer timer;
  private boolean closed;

  /**
   * Takes a timer from the server; {@link #close()} gives it back.
   *
   * @throws UnavailableException if the server has no timer to give
   */
  public Workers(BootstrapContext context) throws UnavailableException {
    workManager = context.getWorkManager();
    timer = context.createTimer();
  }

  /** Runs the work on a thread of the server, as soon as there is one. */
  public void start(Work work) {
    if (!taken(work)) {
      later(work, OFFER_AGAIN_MILLIS);
    }
  }

  /** Starts the work after a while; never, if closed before. */
  public synchronized void later(Work work, long millis) {
    if (!closed) {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              if (taken(work)) {
                cancel();
              }
            }
          },
          millis,
          OFFER_AGAIN_MILLIS);
    }
  }

  /** Not even an Error may end the timer, or whoever starts a work. */
  private boolean taken(Work work) {
    try {
      workManager.scheduleWork(work, WorkManager.INDEFINITE, null, null);
      return true;
    } catch (WorkException | RuntimeException | Error e) {
      AdapterLog.NO_THREAD.sayOccasionally(e, e);
      return false;
    }
  }

  /** Nothing is offered again from here on; what runs is not stopped. */
  @Override
  public synchronized void close() {
    closed = true;
    timer.cancel();
  }
}
