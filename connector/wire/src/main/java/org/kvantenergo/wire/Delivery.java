package org.kvantenergo.wire;

import java.time.Instant;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Readings;

/** One thing to store, with the session that it came in. */
public sealed interface Delivery {

  /** The session that it came in. */
  Session session();

  /**
   * A READINGS frame; stored whole or not at all.
   *
   * @param session the session that it came in
   * @param receivedAt when its last byte arrived
   * @param readings the records
   */
  record OfReadings(Session session, Instant receivedAt, Readings readings) implements Delivery {}

  /**
   * An INFO frame.
   *
   * @param session the session that it came in
   * @param receivedAt when its last byte arrived
   * @param info the settings in force
   */
  record OfInfo(Session session, Instant receivedAt, Info info) implements Delivery {}

  /**
   * The end of a session. Nobody waits for the reply.
   *
   * @param session the session that ended
   * @param endedAt when
   * @param reason how it ended
   * @param frames frames received in it, HELLO included
   */
  record OfEnd(Session session, Instant endedAt, EndReason reason, int frames)
      implements Delivery {}
}
