package org.kvantenergo.jobs.partitions;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.kvantenergo.jobs.JobMessage;
import org.kvantenergo.reading.ArchivePartitions;

/** The one step of the job. A transaction of the archive's own. */
@Named("ensureAhead")
@Dependent
public class EnsureAhead extends AbstractBatchlet {

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.jobs.partitions");

  private final ArchivePartitions partitions;

  /** With the archive. */
  @Inject
  public EnsureAhead(ArchivePartitions partitions) {
    this.partitions = partitions;
  }

  /** Exit status: how many months were made. */
  @Override
  public String process() {
    int made = partitions.ensureAhead();
    if (made > 0) {
      JobMessage.MONTHS_MADE.log(LOG, made);
    }
    return Integer.toString(made);
  }
}
