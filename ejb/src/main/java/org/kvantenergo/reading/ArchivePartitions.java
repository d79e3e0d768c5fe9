package org.kvantenergo.reading;

/** Keeps the months of the archive made before records come for them. */
public interface ArchivePartitions {

  /**
   * Makes the months that are missing, from 2015 to some months ahead of now. What lies in the
   * catch-all of wrong clocks for such a month moves into it. Several nodes may call it at once.
   *
   * @return how many months were made
   */
  int ensureAhead();
}
