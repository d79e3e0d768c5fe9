package org.kvantenergo.registry.lists;

/**
 * Something wrong in a list.
 *
 * @param line of the file, the first is 1; 0: the whole file
 * @param column in which; null: the whole line
 * @param problem what
 * @param value what stands there, cut to 100 characters; for contradictions with another line or
 *     the base what they say
 */
public record ListError(int line, Column column, Problem problem, String value) {}
