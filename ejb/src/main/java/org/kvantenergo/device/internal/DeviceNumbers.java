package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.kvantenergo.shared.WatchedNumber;

/** How many devices report that nobody registered. */
@ApplicationScoped
public class DeviceNumbers {

  /** Devices that are kept apart. Bounded by kvant.unknown.in-all. */
  @Produces
  public WatchedNumber unknown() {
    return new WatchedNumber(
        "kvant.devices.unknown",
        "Devices that report and are not registered",
        "select count(*) from device where state = 'UNREGISTERED'");
  }
}
