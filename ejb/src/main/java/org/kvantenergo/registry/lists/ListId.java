package org.kvantenergo.registry.lists;

/**
 * A list that was uploaded.
 *
 * @param value 1 or more
 */
public record ListId(long value) {}
