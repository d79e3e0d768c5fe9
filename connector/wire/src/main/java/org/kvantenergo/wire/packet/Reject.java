package org.kvantenergo.wire.packet;

/**
 * REJECT, type FF, answering the offending frame.
 *
 * @param reason why
 */
public record Reject(Reason reason) implements Packet.Downlink {

  /** Frame type. */
  public static final int TYPE = 0xFF;

  @Override
  public int type() {
    return TYPE;
  }

  /** Why a frame is rejected. */
  public enum Reason {
    /** Code 1. */
    BAD_CRC(1, false),
    /** Code 2. */
    UNKNOWN_TYPE(2, false),
    /** Code 3: lengths, count, bytes left over, unknown kind, bad str, IMEI or serial. */
    MALFORMED(3, false),
    /** Code 4: payload longer than 4096 bytes. */
    TOO_LONG(4, true),
    /** Code 5. */
    HELLO_EXPECTED(5, true),
    /** Code 6: bad or missing tag, or seq out of order under AUTH. */
    BAD_TAG(6, true),
    /** Code 7: storage unavailable; keep the data, come back after a random 30 to 300 s. */
    STORAGE_UNAVAILABLE(7, true),
    /** Code 8. */
    UNSUPPORTED_VERSION(8, true),
    /** Code 9, inside RELAY only: this block is blocked. */
    BLOCK_BLOCKED(9, false);

    private final int code;
    private final boolean closes;

    Reason(int code, boolean closes) {
      this.code = code;
      this.closes = closes;
    }

    /** Wire code, u8. */
    public int code() {
      return code;
    }

    /**
     * Whether the server closes after this answer. The others are counted together; the third in a
     * session closes it.
     */
    public boolean closes() {
      return closes;
    }
  }
}
