package org.kvantenergo.reading;

import java.time.Instant;

/**
 * How a record came. What was not kept is null and never guessed. The arrays belong to the evidence
 * and must not be changed.
 *
 * @param bytes the 54 bytes of the record, made again of what is stored
 * @param intact whether they have the digest that was taken when they came
 * @param receivedAt when the last byte of the frame had arrived
 * @param session that brought it; null if its row is not there
 * @param place null for what was stored by an earlier version
 * @param frame that brought it
 * @param acknowledgement null if it was not noted: the server stopped too early, has not got to it
 *     yet, or is of an earlier version
 * @param setAside null unless the database refused the frame at first
 * @param repeats null if it came once
 */
@SuppressWarnings("ArrayRecordComponent") // shown, never compared
public record Evidence(
    byte[] bytes,
    boolean intact,
    Instant receivedAt,
    Session session,
    Place place,
    Frame frame,
    Acknowledgement acknowledgement,
    SetAside setAside,
    Repeats repeats) {

  /**
   * A session.
   *
   * @param id growing with time
   * @param node name of the server that had it
   * @param remoteAddress IP address and port of the peer
   * @param openedAt when the connection was accepted
   * @param tag what is known of who sent it; null for sessions of an earlier version
   * @param relayed whether a base station relayed the record for a telemetry block
   * @param relaySerial serial of that base station; 0 = none, or not the viewer's to see
   */
  public record Session(
      long id,
      String node,
      String remoteAddress,
      Instant openedAt,
      Tag tag,
      boolean relayed,
      long relaySerial) {}

  /** Whether the frames of a session carried a proof of who sent them. */
  public enum Tag {
    /** None. */
    NONE,
    /** One that nobody could check: the server held no key. It is not kept. */
    UNCHECKED,
    /** The right one. */
    CHECKED
  }

  /**
   * Where in the batch.
   *
   * @param batch packets that were stored by one commit
   * @param frame of the batch, from 0
   * @param position of the record in the frame, from 0
   * @param records in the frame; 0 = not known
   */
  public record Place(long batch, int frame, int position, int records) {}

  /** The frame, as far as it can be made again. */
  public sealed interface Frame {

    /**
     * All of it, as it came.
     *
     * @param seq u16
     * @param bytes from the magic to the CRC
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Whole(int seq, byte[] bytes) implements Frame {}

    /**
     * Its payload; what was around it is not known.
     *
     * @param bytes as they came
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Payload(byte[] bytes) implements Frame {}

    /**
     * Some of its records were stored before and came again after it, too.
     *
     * @param known records whose place in the frame is known
     * @param records in the frame
     */
    record Partial(int known, int records) implements Frame {}

    /** It was stored by an earlier version. */
    record Unknown() implements Frame {}
  }

  /**
   * The promise.
   *
   * @param storedAt when the commit was done, by the node's clock
   * @param sentAt when the ACK was handed to the connection; null if that was gone
   */
  public record Acknowledgement(Instant storedAt, Instant sentAt) {}

  /**
   * The frame was kept apart and acknowledged, and stored later.
   *
   * @param at when it was set aside: that commit is the one that was acknowledged
   * @param storedAt when its records came into the archive
   */
  public record SetAside(Instant at, Instant storedAt) {}

  /**
   * How often the same record came again.
   *
   * @param times 1 or more
   * @param lastAt when it came last
   * @param lastSession the session that brought it last
   */
  public record Repeats(long times, Instant lastAt, long lastSession) {}
}
