package org.kvantenergo.device;

import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;

/**
 * Decides who a device is that reports under a part of the identity of a registered one. Each
 * method asks for {@code REGISTER} and throws {@link DeviceRefusedException} for what cannot be.
 */
public interface DeviceSwaps {

  /** How many records are kept apart for a device that is not registered. */
  long records(Caller caller, DeviceId stranger);

  /**
   * It is the registered device, with another IMEI or serial number: that one takes over the
   * identity, and the records that were kept apart are its own. Also for one that claims the whole
   * identity and was kept apart because of a tag that nobody could check.
   *
   * @return how many records came with it
   */
  long same(Caller caller, DeviceId stranger, DeviceId registered);

  /**
   * It is another device in its place: it is registered for the same owner, in the same group and
   * on the same meter, there since it first reported or, if that is later, the old one last did;
   * the old one is retired and keeps its archive.
   */
  void replace(Caller caller, DeviceId stranger, DeviceId registered);

  /** It is neither: it stays apart, and is not shown as a possible swap any more. */
  void leaveApart(Caller caller, DeviceId stranger);
}
