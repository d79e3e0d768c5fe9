package org.kvantenergo.boot.internal;

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
  private boolean told;

  /** For the container's proxies. */
  public MasterKeyWatch() {
    this(null);
  }

  /** With the key in use. */
  @Inject
  public MasterKeyWatch(MasterKey key) {
    this.key = key;
  }

  /** Begins, now that there is a key. */
  public void begin(@Observes Started event) {
    timers.createIntervalTimer(PERIOD.toMillis(), PERIOD.toMillis(), new TimerConfig(null, false));
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
