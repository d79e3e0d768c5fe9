package org.kvantenergo.web.export;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Permission;

/**
 * Ends exports that nobody takes, and those of people who are not signed in any more, or may not.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExportWatch {

  private static final Duration BEAT = Duration.ofSeconds(10);

  @Inject private RunningExports running;
  @Inject private Sessions sessions;
  @Resource private TimerService timers;

  @PostConstruct
  void begin() {
    timers.createIntervalTimer(BEAT.toMillis(), BEAT.toMillis(), new TimerConfig(null, false));
  }

  /** Looks at them. */
  @Timeout
  public void beat() {
    running.stopLeftOver(this::lives);
  }

  // While the database is away nothing is sent anyway.
  private boolean lives(String session) {
    try {
      return sessions.viewer(session).filter(v -> v.may(Permission.READ_DEVICES)).isPresent();
    } catch (DatabaseException e) {
      return true;
    }
  }
}
