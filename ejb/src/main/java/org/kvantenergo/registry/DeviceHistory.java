package org.kvantenergo.registry;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A meter that a device was on.
 *
 * @param meter the meter
 * @param address where the meter stands now; empty if nowhere
 * @param zone in which the days of that site begin; null if it stands nowhere
 * @param since from when the device was on it
 * @param until until when, exclusive; null: it still is
 */
public record DeviceHistory(
    Meter meter, String address, ZoneId zone, Instant since, Instant until) {}
