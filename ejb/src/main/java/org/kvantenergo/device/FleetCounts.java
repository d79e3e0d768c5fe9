package org.kvantenergo.device;

import java.time.Instant;

/**
 * How many devices of a list show a sign; each number is that of the filter of the same sign, at
 * one moment.
 *
 * @param all how many there are
 * @param silent more than {@link Thresholds#SILENT_PERIODS} of their own periods; lost ones among
 *     them
 * @param lost more than {@link Thresholds#LOST_PERIODS}
 * @param errors any bit of any mask
 * @param battery at {@link Thresholds#BATTERY_LOW} or below
 * @param open in the technological mode
 * @param drift a clock is off
 * @param fell the reading is smaller than the one before
 * @param at when they were counted
 */
public record FleetCounts(
    long all,
    long silent,
    long lost,
    long errors,
    long battery,
    long open,
    long drift,
    long fell,
    Instant at) {}
