package org.kvantenergo.event.internal;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kvantenergo.event.internal.OutboxRelay.Outcome;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Started;

/**
 * Says when the relay works: at once after a commit, but not again before a short pause, in which
 * what comes is merged; and every few seconds for what an outage or another node left behind.
 * Waking it never blocks: it is done by threads that commit batches.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RelayTrigger {

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.event");
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration CATCH_UP = Duration.ofSeconds(5);

  @Resource private TimerService timers;
  @Resource private ManagedExecutorService executor;

  private final OutboxRelay relay;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicBoolean brokerDown = new AtomicBoolean();
  private final AtomicBoolean databaseDown = new AtomicBoolean();
  private volatile boolean started;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long lastBegin = System.nanoTime() - PAUSE.toNanos();

  /** For the container's proxies. */
  public RelayTrigger() {
    this(null);
  }

  /** With what works. */
  @Inject
  public RelayTrigger(OutboxRelay relay) {
    this.relay = relay;
  }

  /** Begins, now that the tables are there. */
  public void begin(@Observes Started event) {
    started = true;
    timers.createIntervalTimer(0, CATCH_UP.toMillis(), new TimerConfig(null, false));
  }

  /** Has the relay work soon. From any thread, at any time. */
  public void wake() {
    if (started && wanted.compareAndSet(false, true)) {
      try {
        // Not scheduled: a task of the scheduler that comes due while the server stops is an error
        // there.
        executor.execute(this::workAfterPause);
      } catch (RejectedExecutionException e) {
        // The server is stopping; the next start finds what waits.
        wanted.set(false);
      }
    }
  }

  /** The catch-up. */
  @Timeout
  public void catchUp() {
    wake();
  }

  /** Takes no more. */
  @PreDestroy
  public void end() {
    started = false;
    ended.countDown();
  }

  private void workAfterPause() {
    try {
      long rest = PAUSE.toNanos() - (System.nanoTime() - lastBegin);
      if (!ended.await(rest, TimeUnit.NANOSECONDS)) {
        work();
      }
    } catch (InterruptedException e) {
      // The server is stopping; the next start finds what waits.
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    lastBegin = System.nanoTime();
    // Before the work: what commits from here on wants another round.
    wanted.set(false);
    Outcome outcome = Outcome.NOTHING;
    try {
      outcome = relayOnce();
      databaseDown.set(false);
    } catch (BrokerException e) {
      if (!brokerDown.getAndSet(true)) {
        ServerMessage.BROKER_REFUSES.log(LOG, e.getMessage());
      }
    } catch (EJBException e) {
      if (started && !databaseDown.getAndSet(true)) {
        ServerMessage.RELAY_FAILED.log(LOG, e, e.getMessage());
      }
    }
    if (outcome != Outcome.NOTHING) {
      // There may be more, or whoever is at it looked before our commit.
      wake();
    }
  }

  /**
   * One round. More would not pause under load, and each round costs disk writes that the ingest
   * needs.
   */
  private Outcome relayOnce() {
    Outcome published = publishAll();
    Outcome staged = published == Outcome.BUSY ? Outcome.BUSY : relay.stage();
    if (staged == Outcome.SOME) {
      publishAll();
    }
    return staged;
  }

  private Outcome publishAll() {
    Outcome published;
    do {
      published = relay.publish();
      if (published == Outcome.SOME && brokerDown.getAndSet(false)) {
        ServerMessage.BROKER_TAKES.log(LOG);
      }
    } while (published == Outcome.SOME);
    return published;
  }
}
