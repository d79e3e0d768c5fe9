package org.kvantenergo.device;

import java.time.Instant;
import java.util.Collection;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;

/**
 * What other features have of devices. They implement it, so that the registry can ask and tell
 * them without knowing them; all of it happens in the transaction of the change.
 */
public interface DeviceUse {

  /** Whether a device is at work here, now or later, and cannot be let go. */
  default boolean works(DeviceId device) {
    return false;
  }

  /** Whether something that is kept here names a device, and it cannot be forgotten. */
  default boolean remembered(DeviceId device) {
    return false;
  }

  /** How many records there are of a device. */
  default long records(DeviceId device) {
    return 0;
  }

  /** A device left the registry: nothing is to be done for it any more. */
  default void left(DeviceId device) {}

  /** Devices belong to somebody else from now on. */
  default void transferred(Collection<DeviceId> devices) {}

  /** Another device goes on in the place of one, there since a moment. */
  default void replaced(Caller caller, DeviceId old, DeviceId fresh, Instant since) {}

  /** What there is of a device is another one's from now on; its row goes away. */
  default void merged(DeviceId from, DeviceId into) {}

  /** What was agreed on with devices at the start of their open sessions holds no more. */
  default void disturbed(Collection<DeviceId> devices) {}
}
