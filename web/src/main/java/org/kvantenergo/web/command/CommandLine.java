package org.kvantenergo.web.command;

import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.grid.Line;

/**
 * A command as the page shows it.
 *
 * @param id which
 * @param number place in the list, empty outside of it
 * @param device whose
 * @param serial of the device
 * @param imei «—» if it has none
 * @param text what it is, with its arguments
 * @param part what it is in its task; empty if it is in none
 * @param chip where it is
 * @param attempts «1 из 3»
 * @param author login of who asked
 * @param created when it was queued
 * @param sent when it was written last; empty while it was not
 * @param expires when it is no longer worth sending
 * @param ended when it came to an end; empty while it has not
 * @param queued whether it can be taken back
 */
public record CommandLine(
    long id,
    String number,
    long device,
    Identifier serial,
    Identifier imei,
    String text,
    String part,
    StateChip chip,
    String attempts,
    String author,
    Moment created,
    Moment sent,
    Moment expires,
    Moment ended,
    boolean queued)
    implements Line {}
