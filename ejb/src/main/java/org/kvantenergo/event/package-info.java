/**
 * What happened, for whoever wants to know: sealed event records, an outbox that is written in the
 * transaction of what happened, a relay that publishes to JMS. Imports shared; everyone may import
 * it.
 *
 * <p>The way of an event: {@link org.kvantenergo.event.Outbox#append} in the transaction → commit →
 * the relay (one node at a time) merges what waits, gives it a cursor in {@code event_log} and
 * sends it to the topic {@link org.kvantenergo.event.EventTopic}. It arrives at least once; a
 * broker that detects duplicates (Artemis, by {@code _AMQ_DUPL_ID}) makes that once. The text of a
 * message:
 *
 * <pre>{"cursor":17,"at":"2026-11-21T03:00:00Z","kind":"READINGS_STORED","devices":[1,2]}</pre>
 *
 * <p>Kinds: {@code READINGS_STORED}, {@code SESSIONS_CHANGED}, {@code DEVICES_CHANGED}, {@code
 * COMMANDS_CHANGED}; ids of devices. Read it with {@link org.kvantenergo.event.EventMessage#parse};
 * ignore kinds and fields that you do not know. An event is a nudge: ask the features for the data.
 */
package org.kvantenergo.event;
