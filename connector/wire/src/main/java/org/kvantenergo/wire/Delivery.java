package org.kvantenergo.wire;

import java.time.Instant;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Readings;

/** One thing to store, with the session that it came in. */
public sealed interface Delivery {

  /** The session that it came in. */
  Session session();

  /** When it happened: for a frame, when its last byte arrived. */
  Instant at();

  /** A frame whose ACK is a promise. */
  sealed interface Frame extends Delivery {

    /**
     * Serial of the telemetry block that a base station relays for; 0 = the session's own device.
     */
    long block();

    /** What it carries. */
    Packet.Uplink packet();
  }

  /**
   * An admitted session begins. Nobody waits for the reply.
   *
   * @param session which
   * @param at when it was admitted
   */
  record OfStart(Session session, Instant at) implements Delivery {}

  /**
   * A READINGS frame; stored whole or not at all.
   *
   * @param session the session that it came in
   * @param block serial of a relayed block, 0 = none
   * @param at when its last byte arrived
   * @param packet the records
   */
  record OfReadings(Session session, long block, Instant at, Readings packet) implements Frame {}

  /**
   * An INFO frame.
   *
   * @param session the session that it came in
   * @param block serial of a relayed block, 0 = none
   * @param at when its last byte arrived
   * @param packet the settings in force
   */
  record OfInfo(Session session, long block, Instant at, Info packet) implements Frame {}

  /**
   * A COMMAND_RESULT frame.
   *
   * @param session the session that it came in
   * @param block serial of a relayed block, 0 = none
   * @param at when its last byte arrived
   * @param packet the result
   */
  record OfResult(Session session, long block, Instant at, CommandResult packet) implements Frame {}

  /**
   * A PING: nothing to store, but commands may be due.
   *
   * @param session the session that it came in
   * @param at when its last byte arrived
   */
  record OfPing(Session session, Instant at) implements Delivery {}

  /**
   * A COMMAND has been written to the connection. Nobody waits for the reply.
   *
   * @param session the session that it went out in
   * @param block serial of the block that it is for, 0 = the session's own device
   * @param at when
   * @param commandId which
   */
  record OfCommandSent(Session session, long block, Instant at, long commandId)
      implements Delivery {}

  /**
   * The end of a session. Nobody waits for the reply.
   *
   * @param session the session that ended
   * @param at when
   * @param reason how it ended
   * @param frames frames received in it, HELLO included
   */
  record OfEnd(Session session, Instant at, EndReason reason, int frames) implements Delivery {}
}
