package org.kvantenergo.web.command;

/**
 * A part of a campaign's bar.
 *
 * @param kind name of what became of these devices
 * @param tone style class
 * @param label what that is called
 * @param count how many devices
 * @param number the same as the viewer's language writes it
 * @param x where it begins, of 1000
 * @param width of 1000; at least 4 where there is anything
 */
public record Share(
    String kind, String tone, String label, long count, String number, double x, double width) {}
