package org.kvantenergo.web.devices;

import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;

/**
 * What a device was.
 *
 * @param until until when
 * @param imei «—» if it had none
 * @param serial its serial number
 * @param records how many records came with the other identity
 */
public record PastLine(Moment until, Identifier imei, Identifier serial, String records) {}
