package org.kvantenergo.web.export;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/**
 * What a file says of itself.
 *
 * @param table name of the table in XML and in the audit
 * @param title as people call it, also the beginning of the file's name
 * @param filter what is left out and in which order the rest stands, in words; empty if nothing is
 * @param at when it was asked for
 * @param zone of its times
 * @param locale of its words and numbers
 * @param secret whether logins and passwords are in it
 */
public record Heading(
    String table,
    String title,
    String filter,
    Instant at,
    ZoneId zone,
    Locale locale,
    boolean secret) {}
