package org.kvantenergo.jobs;

import jakarta.batch.api.listener.JobListener;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * Says when a job failed. The server's own log has the stack trace; this is the line that is
 * searched for.
 */
@Named("jobLog")
@Dependent
public class JobLog implements JobListener {

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.jobs");

  private final JobContext job;

  /** For the job that it listens to. */
  @Inject
  public JobLog(JobContext job) {
    this.job = job;
  }

  @Override
  public void beforeJob() {
    // A job that begins is no news.
  }

  @Override
  public void afterJob() {
    if (job.getBatchStatus() == BatchStatus.FAILED) {
      JobMessage.JOB_FAILED.log(LOG, job.getJobName(), job.getExecutionId(), job.getExitStatus());
    }
  }
}
