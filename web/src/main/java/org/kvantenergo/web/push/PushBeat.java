package org.kvantenergo.web.push;

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

/**
 * The beat of the {@link PushHub}. A timer and not a scheduled task: timers rest while the server
 * stops, a task that comes due then is an error.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PushBeat {

  private static final Duration BEAT = Duration.ofMillis(1000 / PushHub.PARTS);

  @Inject private PushHub hub;
  @Resource private TimerService timers;

  @PostConstruct
  void begin() {
    timers.createIntervalTimer(BEAT.toMillis(), BEAT.toMillis(), new TimerConfig(null, false));
  }

  /** In each part of a second. */
  @Timeout
  public void beat() {
    hub.tell();
  }
}
