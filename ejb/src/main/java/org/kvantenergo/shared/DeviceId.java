package org.kvantenergo.shared;

/**
 * A device row; the «idx» of the monitoring page.
 *
 * @param value 1 or more
 */
public record DeviceId(long value) {}
