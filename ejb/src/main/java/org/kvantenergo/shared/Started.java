package org.kvantenergo.shared;

import java.time.Instant;

/**
 * CDI event, fired once a node by {@code boot} when schema, partitions, first accounts and devices
 * are there. Whatever works by itself (timers, relay, jobs) begins on it and not earlier: a timer
 * of a bean can ring before the schema exists.
 *
 * @param at when
 */
public record Started(Instant at) {}
