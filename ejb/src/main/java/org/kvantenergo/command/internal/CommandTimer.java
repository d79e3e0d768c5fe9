package org.kvantenergo.command.internal;

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
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Started;

/** Says every few seconds when commands are ended and campaigns taken further. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CommandTimer {

  private static final System.Logger LOG = System.getLogger(CommandTimer.class.getName());
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** Portions of one round: what is left waits for the next. */
  private static final int MOST = 100;

  @Resource private TimerService timers;

  private final CommandEnds ends;
  private final CampaignSteps campaigns;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** For the container's proxies. */
  public CommandTimer() {
    this(null, null);
  }

  /** With what works. */
  @Inject
  public CommandTimer(CommandEnds ends, CampaignSteps campaigns) {
    this.ends = ends;
    this.campaigns = campaigns;
  }

  /** Begins, now that the tables are there. */
  public void begin(@Observes Started event) {
    timers.createIntervalTimer(PERIOD.toMillis(), PERIOD.toMillis(), new TimerConfig(null, false));
  }

  /** A round; a database that is away is asked again the next time. */
  @Timeout
  public void round() {
    if (busy.compareAndSet(false, true)) {
      try {
        tried(this::ends, ServerMessage.COMMANDS_NOT_ENDED);
        tried(this::steps, ServerMessage.CAMPAIGNS_NOT_MOVED);
      } finally {
        busy.set(false);
      }
    }
  }

  private void ends() {
    int done = 1;
    while (ends.end() && done < MOST) {
      done++;
    }
  }

  /** Each by itself: one that cannot be moved holds no other up. */
  private void steps() {
    campaigns
        .ready()
        .forEach(id -> tried(() -> campaigns.step(id), ServerMessage.CAMPAIGNS_NOT_MOVED));
  }

  /** Whatever goes wrong, the next round tries again. */
  private static void tried(Runnable work, ServerMessage failed) {
    try {
      work.run();
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      failed.log(LOG, cause.getMessage());
    }
  }
}
