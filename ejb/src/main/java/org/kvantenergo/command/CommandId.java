package org.kvantenergo.command;

/**
 * A command, as the device is told it.
 *
 * @param value u32, 1 or more; never used twice, for any device
 */
public record CommandId(long value) {}
