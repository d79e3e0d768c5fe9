package org.kvantenergo.reading;

import java.util.BitSet;
import java.util.List;
import org.kvantenergo.shared.MeterRecord;

/** Adds records to the archive. */
public interface ReadingStore {

  /**
   * Stores the records that are not there yet.
   *
   * @return the places in the list of those that were new; of equal ones in the list the first
   */
  BitSet append(List<MeterRecord> records);
}
