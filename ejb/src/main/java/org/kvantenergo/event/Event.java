package org.kvantenergo.event;

import java.util.List;
import org.kvantenergo.shared.DeviceId;

/** Something that happened, after the fact: told, not asked. */
public sealed interface Event {

  /** Most devices that one event may name; a relay that merges events begins another one then. */
  int MAX_DEVICES = 10_000;

  /** The devices that it happened to, 1..{@value #MAX_DEVICES}. */
  List<DeviceId> devices();

  /**
   * Records of devices were stored, and with them perhaps a new current state.
   *
   * @param devices whose, 1..{@value #MAX_DEVICES}
   */
  record ReadingsStored(List<DeviceId> devices) implements Event {

    /** Takes its own copy of the list. */
    public ReadingsStored {
      devices = checked(devices);
    }
  }

  /**
   * Sessions of devices began, brought INFO or ended.
   *
   * @param devices whose, 1..{@value #MAX_DEVICES}
   */
  record SessionsChanged(List<DeviceId> devices) implements Event {

    /** Takes its own copy of the list. */
    public SessionsChanged {
      devices = checked(devices);
    }
  }

  /**
   * Devices appeared in the registry or were changed there, the unregistered ones included.
   *
   * @param devices which, 1..{@value #MAX_DEVICES}
   */
  record DevicesChanged(List<DeviceId> devices) implements Event {

    /** Takes its own copy of the list. */
    public DevicesChanged {
      devices = checked(devices);
    }
  }

  /**
   * Commands of devices were queued, taken back, replaced or ended by their time; what comes of
   * them in a session is told by what the session brings.
   *
   * @param devices whose, 1..{@value #MAX_DEVICES}
   */
  record CommandsChanged(List<DeviceId> devices) implements Event {

    /** Takes its own copy of the list. */
    public CommandsChanged {
      devices = checked(devices);
    }
  }

  private static List<DeviceId> checked(List<DeviceId> devices) {
    if (devices.isEmpty() || devices.size() > MAX_DEVICES) {
      throw new IllegalArgumentException(devices.size() + " devices in an event");
    }
    return List.copyOf(devices);
  }
}
