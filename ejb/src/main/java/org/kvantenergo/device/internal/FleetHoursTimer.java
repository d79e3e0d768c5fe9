package org.kvantenergo.device.internal;

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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Started;

/** Says when hours of the fleet are counted: every minute what is missing, each by itself. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FleetHoursTimer {

  private static final System.Logger LOG = System.getLogger(FleetHoursTimer.class.getName());
  private static final Duration PERIOD = Duration.ofMinutes(1);

  @Resource private TimerService timers;

  private final FleetHours hours;
  private final Clock clock;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** For the container's proxies. */
  public FleetHoursTimer() {
    this(null, null);
  }

  /** With what counts, and the time. */
  @Inject
  public FleetHoursTimer(FleetHours hours, Clock clock) {
    this.hours = hours;
    this.clock = clock;
  }

  /** Begins, now that the tables are there. */
  public void begin(@Observes Started event) {
    timers.createIntervalTimer(0, PERIOD.toMillis(), new TimerConfig(null, false));
  }

  /** Counts; a database that is away is asked again the next time. */
  @Timeout
  public void count() {
    if (busy.compareAndSet(false, true)) {
      try {
        for (Instant hour : hours.missing(clock.instant())) {
          hours.count(hour);
        }
      } catch (DatabaseException | EJBException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        ServerMessage.HOURS_NOT_COUNTED.log(LOG, cause.getMessage());
      } finally {
        busy.set(false);
      }
    }
  }
}
