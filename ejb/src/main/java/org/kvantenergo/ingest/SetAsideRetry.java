package org.kvantenergo.ingest;

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
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Started;

/** Says when frames that were set aside are tried again: every 10 s, whoever of the nodes comes. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SetAsideRetry {

  private static final System.Logger LOG = System.getLogger(SetAsideRetry.class.getName());
  private static final Duration PERIOD = Duration.ofSeconds(10);

  @Resource private TimerService timers;

  private final SecondAttempt attempt;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean running;

  /** For the container's proxies. */
  public SetAsideRetry() {
    this(null);
  }

  /** With what works. */
  @Inject
  public SetAsideRetry(SecondAttempt attempt) {
    this.attempt = attempt;
  }

  /** Begins, now that the tables are there. */
  public void begin(@Observes Started event) {
    running = true;
    timers.createIntervalTimer(PERIOD.toMillis(), PERIOD.toMillis(), new TimerConfig(null, false));
  }

  /** Takes no more. */
  @PreDestroy
  public void end() {
    running = false;
  }

  /** A round: everything that is due, one transaction each. */
  @Timeout
  public void round() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      while (running && attempt.next()) {
        // The work is in the condition.
      }
    } catch (EJBException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      ServerMessage.RETRY_FAILED.log(LOG, cause.getMessage());
    } finally {
      busy.set(false);
    }
  }
}
