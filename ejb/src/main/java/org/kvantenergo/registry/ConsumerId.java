package org.kvantenergo.registry;

/**
 * A consumer account.
 *
 * @param value 1 or more
 */
public record ConsumerId(long value) {}
