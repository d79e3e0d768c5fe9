package org.kvantenergo.web.registry;

import org.kvantenergo.web.grid.Line;

/**
 * A line of a table of consumer accounts, ready to be shown.
 *
 * @param id the account
 * @param line place in the whole list, from 1; empty in a history
 * @param account its number
 * @param address where it is, empty if nowhere
 * @param holder name of the consumer, empty if not known
 * @param since its first day there, empty if nowhere
 * @param until the first day on which it is there no more, empty if it is there still
 */
public record AccountLine(
    long id, String line, String account, String address, String holder, String since, String until)
    implements Line {}
