package org.kvantenergo.command;

/**
 * A call that asked for commands.
 *
 * @param value 1 or more
 */
public record RequestId(long value) {}
