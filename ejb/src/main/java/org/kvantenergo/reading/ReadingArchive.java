package org.kvantenergo.reading;

import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** Reads the archive, for people. */
public interface ReadingArchive {

  /**
   * Records of a device, newest module time first, then highest record number. Empty when the scope
   * does not see the device.
   */
  Page<ReadingRow> list(Scope scope, DeviceId device, Slice slice);
}
