package org.kvantenergo.boot.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Started;

/**
 * Notices that the master key was changed while this node went on. It seals nothing any more, the
 * database sees to that, and opens nothing; here the operator is told why.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MasterKeyWatch {

  private static final System.Logger LOG = System.getLogger(MasterKeyWatch.class.getName());
  private static final Duration PERIOD = Duration.ofSeconds(30);

  @Resource private TimerService timers;

  private final MasterKey key;
  private final MeterRegistry registry;
  private Gauge current;
  private volatile boolean told;

  /** For the container's proxies. */
  public MasterKeyWatch() {
    this(null);
  }

  /** With the key in use. */
  @Inject
  public MasterKeyWatch(MasterKey key) {
    this(key, Metrics.globalRegistry);
  }

  MasterKeyWatch(MasterKey key, MeterRegistry registry) {
    this.key = key;
    this.registry = registry;
  }

  /** Begins, now that there is a key. */
  public void begin(@Observes Started event) {
    // The check of readiness asks for it (vitals), and so may an alert.
    current = Gauge.builder("kvant.master.key.current", () -> told ? 0 : 1).register(registry);
    timers.createIntervalTimer(PERIOD.toMillis(), PERIOD.toMillis(), new TimerConfig(null, false));
  }

  /** Shown no more. */
  @PreDestroy
  void end() {
    if (current != null) {
      registry.remove(current);
    }
  }

  /** One look. */
  @Timeout
  public void look() {
    try {
      boolean present = key.isPresent();
      if (!present && !told) {
        ServerMessage.MASTER_KEY_CHANGED.log(LOG);
      }
      told = !present;
    } catch (SQLException e) {
      // Others say that the database is away; the next look finds out.
      LOG.log(System.Logger.Level.DEBUG, "the name of the master key cannot be read", e);
    }
  }
}
