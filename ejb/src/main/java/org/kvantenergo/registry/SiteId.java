package org.kvantenergo.registry;

/**
 * A place on the ground: a country, a street, a house, a flat.
 *
 * @param value 1 or more
 */
public record SiteId(long value) {}
