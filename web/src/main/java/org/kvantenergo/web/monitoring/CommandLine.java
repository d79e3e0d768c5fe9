package org.kvantenergo.web.monitoring;

import org.kvantenergo.web.command.StateChip;
import org.kvantenergo.web.format.Moment;

/**
 * A line of the tab «Команды», ready to be shown; texts are empty where there is nothing.
 *
 * @param id the command's
 * @param number the same, in the viewer's language
 * @param text what is asked for
 * @param part what it is in a task; empty if it is in none
 * @param chip where it is
 * @param next what is waited for
 * @param author login of who asked
 * @param created when it was queued
 * @param sent when it was written last
 * @param expires when it is no longer worth sending
 * @param attempts how often it was written, of how often it may be
 */
public record CommandLine(
    long id,
    String number,
    String text,
    String part,
    StateChip chip,
    String next,
    String author,
    Moment created,
    Moment sent,
    Moment expires,
    String attempts) {}
