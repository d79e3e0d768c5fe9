package org.kvantenergo.view;

/**
 * A saved view.
 *
 * @param value 1 or more
 */
public record ViewId(long value) {}
