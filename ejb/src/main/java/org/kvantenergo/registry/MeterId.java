package org.kvantenergo.registry;

/**
 * A meter.
 *
 * @param value 1 or more
 */
public record MeterId(long value) {}
