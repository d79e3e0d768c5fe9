package org.kvantenergo.event.internal;

import java.time.Instant;

/**
 * A row of the event log.
 *
 * @param cursor its place, 1 or more
 * @param at when it was given its place
 * @param kind name of an {@link EventKind}, or one that only a newer version knows
 * @param body JSON object
 */
public record LoggedEvent(long cursor, Instant at, String kind, String body) {}
