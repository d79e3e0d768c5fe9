package org.kvantenergo.wire;

/**
 * An admitted session, as every packet of it names it.
 *
 * @param request how it began
 * @param admission how it was admitted; its result is open
 */
public record Session(SessionRequest request, Admission admission) {}
