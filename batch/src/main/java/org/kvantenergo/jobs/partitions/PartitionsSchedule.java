package org.kvantenergo.jobs.partitions;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Properties;
import org.kvantenergo.jobs.JobMessage;

/**
 * Starts the job: once after the start, so that a job that cannot run shows at once and not in the
 * night, and daily at 01:20 UTC, between two bursts of the hour.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PartitionsSchedule {

  /** Name of the job and of its file. */
  static final String JOB = "archive-partitions";

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.jobs.partitions");

  @Resource private TimerService timers;

  /** Begins: the modules of the EAR start in order, so the archive is there. */
  @PostConstruct
  void begin() {
    timers.createSingleActionTimer(0, new TimerConfig(null, false));
    timers.createCalendarTimer(
        new ScheduleExpression().hour(1).minute(20).timezone("UTC"), new TimerConfig(null, false));
  }

  /** Starts the job and does not wait for it. */
  @Timeout
  public void start() {
    try {
      BatchRuntime.getJobOperator().start(JOB, new Properties());
    } catch (BatchRuntimeException e) {
      JobMessage.JOB_NOT_STARTED.log(LOG, JOB, e.getMessage());
    }
  }
}
