package org.kvantenergo.event;

import java.time.Instant;
import java.util.Optional;
import org.kvantenergo.event.internal.EventCodec;

/**
 * What a message of the topic says.
 *
 * @param cursor its place in the order of all messages, 1 or more
 * @param at when the event was given its place
 * @param event what happened, possibly merged from several of a kind
 */
public record EventMessage(long cursor, Instant at, Event event) {

  /**
   * Reads the text of a message; empty for a kind that only a newer version knows.
   *
   * @throws IllegalArgumentException if the text is no message of ours
   */
  public static Optional<EventMessage> parse(String json) {
    return EventCodec.message(json);
  }
}
