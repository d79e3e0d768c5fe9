package org.kvantenergo.web.registry;

/**
 * A line of the report of a list.
 *
 * @param line of the file, empty for the whole file
 * @param column header of the column, empty for the whole line
 * @param problem key of what is wrong
 * @param value what stands there
 */
public record ErrorLine(String line, String column, String problem, String value) {}
