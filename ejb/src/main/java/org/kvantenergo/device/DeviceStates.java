package org.kvantenergo.device;

import java.util.List;
import org.kvantenergo.shared.MeterRecord;

/** Keeps the current state of devices. */
public interface DeviceStates {

  /**
   * Brings the states forward, one row a device, whatever the order of arrival: contact fields from
   * the newest record whose clock is plausible, the reading from the newest of these that is
   * usable.
   *
   * @param contacts sessions of the batch; every device of the records is among them
   * @param records records of the batch, stored before or not
   */
  void advance(List<SessionContact> contacts, List<MeterRecord> records);
}
