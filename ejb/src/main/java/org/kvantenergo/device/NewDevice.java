package org.kvantenergo.device;

import java.time.Instant;

/**
 * A device to register.
 *
 * @param kind what it is
 * @param imei 0 = none
 * @param serial 1..10^15-1
 * @param model u16
 * @param commissionedAt when it was put into service
 */
public record NewDevice(
    DeviceRow.Kind kind, long imei, long serial, int model, Instant commissionedAt) {}
