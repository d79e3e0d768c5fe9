package org.kvantenergo.web.command;

import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.grid.Line;

/**
 * What became of a device in a campaign, as the page and the report show it.
 *
 * @param id of the device
 * @param number place in the list, empty outside of it
 * @param serial of the device
 * @param imei «—» if it has none
 * @param canary whether it was among the first
 * @param chip where its command is, or that there is none
 * @param why in a sentence; empty if there is nothing to say
 * @param command the last one that it got; 0 if there is none
 * @param attempts how often that one was sent; empty if there is none
 * @param at when something happened to it last
 */
public record OutcomeLine(
    long id,
    String number,
    Identifier serial,
    Identifier imei,
    boolean canary,
    StateChip chip,
    String why,
    long command,
    String attempts,
    Moment at)
    implements Line {}
