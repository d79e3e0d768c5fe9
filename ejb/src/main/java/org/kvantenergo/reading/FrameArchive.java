package org.kvantenergo.reading;

import java.util.List;
import java.util.Optional;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.shared.Scope;

/** The archive by record and by frame, for custody. */
public interface FrameArchive {

  /**
   * One record.
   *
   * @param record as stored; its place is null if an earlier version stored it
   * @param kind of its device
   * @param serial of its device
   * @param repeats null if it came once
   */
  record Archived(MeterRecord record, DeviceRow.Kind kind, long serial, Evidence.Repeats repeats) {}

  /** A record; empty when the scope does not see it. */
  Optional<Archived> find(Scope scope, DeviceId device, RecordKey key);

  /**
   * The records of the frame that brought this one, as far as they are known, each with its place
   * in that frame: first-comers, and repeats that have not come again since.
   *
   * @param record with a place
   */
  List<MeterRecord> frame(MeterRecord record);
}
