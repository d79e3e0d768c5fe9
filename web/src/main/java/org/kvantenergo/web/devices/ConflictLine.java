package org.kvantenergo.web.devices;

import org.kvantenergo.device.DeviceRegistration.Example;
import org.kvantenergo.web.format.Identifier;

/**
 * A device that a rule or a list does not register.
 *
 * @param serial its serial number
 * @param imei «—» if it has none
 * @param why name of the conflict
 */
public record ConflictLine(Identifier serial, Identifier imei, String why) {

  static ConflictLine of(Example example) {
    return new ConflictLine(
        Identifier.serial(example.serial()), Identifier.imei(example.imei()), example.why().name());
  }
}
