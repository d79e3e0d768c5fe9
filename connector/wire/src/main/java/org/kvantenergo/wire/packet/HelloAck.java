package org.kvantenergo.wire.packet;

/**
 * HELLO_ACK, type 81.
 *
 * @param result what the server decided
 * @param serverTime u32 seconds since 1970-01-01T00:00:00Z
 * @param retryAfter u16, s; 0 but for {@link Result#BUSY}
 */
public record HelloAck(Result result, long serverTime, int retryAfter) implements Packet.Downlink {

  /** Frame type. */
  public static final int TYPE = 0x81;

  /** Checks the ranges of what we send. */
  public HelloAck {
    if (serverTime < 0 || serverTime > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("serverTime out of u32: " + serverTime);
    }
    if (retryAfter < 0 || retryAfter > 0xFFFF || (retryAfter != 0 && result != Result.BUSY)) {
      throw new IllegalArgumentException("retryAfter " + retryAfter + " with " + result);
    }
  }

  @Override
  public int type() {
    return TYPE;
  }

  /** The server's decision on a HELLO. */
  public enum Result {
    /** Code 0. */
    ACCEPTED(0),
    /** Code 1: its data is kept apart for the operator and acknowledged; it gets no commands. */
    NOT_REGISTERED(1),
    /** Code 2; the server closes. */
    BLOCKED(2),
    /** Code 3: authentication failed; the server closes. */
    NOT_AUTHENTIC(3),
    /** Code 4: come back after retryAfter; the server closes. */
    BUSY(4);

    private final int code;

    Result(int code) {
      this.code = code;
    }

    /** Wire code, u8. */
    public int code() {
      return code;
    }

    /** Whether the session goes on after this answer. */
    public boolean open() {
      return this == ACCEPTED || this == NOT_REGISTERED;
    }
  }
}
