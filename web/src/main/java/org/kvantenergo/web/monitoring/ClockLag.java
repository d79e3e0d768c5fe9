package org.kvantenergo.web.monitoring;

/**
 * How far the two clocks of the last record are from the server's, as the device bar says it: «−40
 * с» while that is short, else the time itself.
 *
 * @param module module's clock
 * @param meter meter's clock
 */
public record ClockLag(String module, String meter) {}
