package org.kvantenergo.reading;

import java.time.LocalDate;

/** Keeps the months of the archive made before records come for them. */
public interface ArchivePartitions {

  /**
   * Makes the years and months that are missing, from 2015 to some months ahead of now. What lies
   * in the catch-all of wrong clocks for such a month moves into it. Several nodes may call it at
   * once. Nothing is lost if it fails: the records of a month that is not there go to the
   * catch-all.
   *
   * @return how many partitions were made
   * @throws org.kvantenergo.shared.DatabaseException if somebody reads the archive for long, a
   *     backup for example; nothing was changed then, and it can be called again
   */
  int ensureAhead();

  /**
   * Up to where the months are made. Quick: it reads no record and waits for nobody.
   *
   * @return the first day, in UTC, that falls into the catch-all of late clocks
   */
  LocalDate madeUntil();
}
