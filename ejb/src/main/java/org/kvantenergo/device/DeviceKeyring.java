package org.kvantenergo.device;

import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;

/**
 * Keys of registered modules and base stations, for people. A key counts at once, on every node,
 * and one that was there before counts no more: a session that is open with it is ended within
 * seconds. Each method asks for {@code MANAGE_KEYS} and throws {@link DeviceRefusedException} for
 * what cannot be.
 */
public interface DeviceKeyring {

  /**
   * Makes a key and gives it to a device.
   *
   * @return its 32 bytes, to be shown once and kept nowhere
   */
  byte[] make(Caller caller, DeviceId device);

  /**
   * Gives a device a key that exists already.
   *
   * @param key 32 bytes
   */
  void set(Caller caller, DeviceId device, byte[] key);

  /** Takes the key of a device away. */
  void remove(Caller caller, DeviceId device);
}
