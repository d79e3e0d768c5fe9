package org.kvantenergo.shared;

/**
 * A group of devices.
 *
 * @param value 1 or more
 */
public record GroupId(long value) {}
