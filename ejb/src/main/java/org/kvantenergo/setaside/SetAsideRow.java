package org.kvantenergo.setaside;

import java.time.Instant;

/**
 * A frame that was set aside, as people see it.
 *
 * @param id its row
 * @param receivedAt when its last byte arrived
 * @param imei of its device, 0 = none
 * @param serial of its device, the block's if it was relayed
 * @param type what it is
 * @param records records in it; 0 if it is no READINGS
 * @param sqlState five characters
 * @param message what the database said last
 * @param attempts how often it was tried again
 * @param nextTryAt when it is tried again, in the past while it is its turn; null if it is stored
 * @param storedAt when it was stored; null while it waits
 */
public record SetAsideRow(
    long id,
    Instant receivedAt,
    long imei,
    long serial,
    Type type,
    int records,
    String sqlState,
    String message,
    int attempts,
    Instant nextTryAt,
    Instant storedAt) {

  /** What can be set aside: the frames whose ACK is a promise. */
  public enum Type {
    /** Records. */
    READINGS(2),
    /** Settings in force. */
    INFO(3),
    /** The result of a command. */
    COMMAND_RESULT(4);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** The one with that type on the wire, u8. */
    public static Type of(int code) {
      for (Type type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw new IllegalArgumentException("frame type " + code);
    }
  }
}
