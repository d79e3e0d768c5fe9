package org.kvantenergo.metrics.internal;

import io.micrometer.core.instrument.Metrics;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.kvantenergo.shared.Started;
import org.kvantenergo.shared.WatchedNumber;

/** Says when the database is asked for what is watched: every 15 s, never twice at once. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WatchTimer {

  private static final Duration PERIOD = Duration.ofSeconds(15);

  @Resource private TimerService timers;

  private final DataSource dataSource;
  private final Instance<WatchedNumber> watched;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Watch watch;

  /** For the container's proxies. */
  public WatchTimer() {
    this(null, null);
  }

  /** With the database and what to ask it. */
  @Inject
  public WatchTimer(DataSource dataSource, @Any Instance<WatchedNumber> watched) {
    this.dataSource = dataSource;
    this.watched = watched;
  }

  /** Begins, now that the tables are there. */
  public void begin(@Observes Started event) {
    watch = new Watch(dataSource, Metrics.globalRegistry, watched);
    timers.createIntervalTimer(0, PERIOD.toMillis(), new TimerConfig(null, false));
  }

  /** Looks. */
  @Timeout
  public void look() {
    if (busy.compareAndSet(false, true)) {
      try {
        watch.look();
      } finally {
        busy.set(false);
      }
    }
  }

  /** Ends. */
  @PreDestroy
  public void end() {
    if (watch != null) {
      watch.close();
    }
  }
}
