package org.kvantenergo.device;

/**
 * Who a session says it is.
 *
 * @param kind module or base station
 * @param imei 0 = none
 * @param serial 1..10^15-1
 */
public record DeviceClaim(DeviceRow.Kind kind, long imei, long serial) {}
