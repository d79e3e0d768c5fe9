package org.kvantenergo.device;

import java.util.List;
import java.util.Map;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;

/** Keeps the current state of devices. */
public interface DeviceStates {

  /**
   * Whose commands a device takes now.
   *
   * @param session id of its newest session
   * @param previous id of the newest one before; 0 = none
   */
  record Epoch(long session, long previous) {}

  /**
   * Brings the states forward, one row a device, whatever the order of arrival: contact fields from
   * the newest record whose clock is plausible, the reading from the newest of these that is
   * usable.
   *
   * @param contacts sessions of the batch; every device of the records is among them
   * @param records records of the batch, stored before or not
   * @return of every device of the batch
   */
  Map<DeviceId, Epoch> advance(List<SessionContact> contacts, List<MeterRecord> records);
}
