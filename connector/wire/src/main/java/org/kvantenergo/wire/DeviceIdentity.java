package org.kvantenergo.wire;

import org.kvantenergo.wire.packet.DeviceKind;

/**
 * Who a session says it is. Equal identities are one device.
 *
 * @param kind module or base station
 * @param imei 0..10^15-1; 0 = none, base station only
 * @param serial 1..10^15-1
 */
public record DeviceIdentity(DeviceKind kind, long imei, long serial) {}
