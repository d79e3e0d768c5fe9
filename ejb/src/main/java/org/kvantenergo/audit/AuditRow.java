package org.kvantenergo.audit;

import java.time.Instant;

/**
 * A row of the audit.
 *
 * @param id its number in the chain, from 1 without gaps
 * @param at when
 * @param organisation name of the organisation of who acted; empty if not known
 * @param login who; empty if nobody who is known
 * @param address from where; empty if not known
 * @param action name of an {@link AuditAction}, of an older or newer program perhaps
 * @param object what it was done to
 * @param before lines name=value
 * @param after lines name=value
 */
public record AuditRow(
    long id,
    Instant at,
    String organisation,
    String login,
    String address,
    String action,
    String object,
    String before,
    String after) {}
