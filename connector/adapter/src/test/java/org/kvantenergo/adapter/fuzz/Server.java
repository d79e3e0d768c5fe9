package org.kvantenergo.adapter.fuzz;

import java.util.List;

/**
 * The server's end of one session, with its storage cut off: the real one, one with a planted
 * fault, or the oracle. It says what it does to its {@link Surroundings}.
 */
public interface Server {

  /** Time of all that happens in a session, s since 1970-01-01T00:00:00Z. */
  long NOW = 1_690_016_400L;

  /** What is decided on a HELLO. */
  enum Verdict {
    /** HELLO_ACK 0. */
    ACCEPTED(0),
    /** HELLO_ACK 1. */
    NOT_REGISTERED(1),
    /** HELLO_ACK 2. */
    BLOCKED(2),
    /** HELLO_ACK 3. */
    NOT_AUTHENTIC(3),
    /** HELLO_ACK 4. */
    BUSY(4),
    /** Nothing could be decided: HELLO_ACK 4 with a retryAfter of the server's choice. */
    FAILED(4);

    private final int code;

    Verdict(int code) {
      this.code = code;
    }

    /** What HELLO_ACK says, u8. */
    public int code() {
      return code;
    }
  }

  /** What becomes of something to store. */
  enum Fate {
    /** Committed. */
    STORED,
    /** All of it was there already. */
    STORED_BEFORE,
    /** It came from a block that is blocked. */
    BLOCK_BLOCKED,
    /** Certainly not stored, while its neighbours in the batch are. */
    REFUSED,
    /** Nothing is certain to be stored. */
    FAILED
  }

  /** What interrupts a session from outside. */
  enum Ending {
    /** The peer closed the connection. */
    PEER_CLOSED,
    /** The connection broke. */
    CONNECTION_LOST,
    /** Another session of the device was accepted. */
    TAKEN_OVER,
    /** Silent for too long. */
    IDLE,
    /** A frame was begun and not finished. */
    STALLED,
    /** The server wants to stop. */
    SERVER_STOPS,
    /** Storage has not answered for too long. */
    STORAGE_LATE
  }

  /**
   * A command that storage wants sent.
   *
   * @param block serial of the block that it is for, 0 = the session's own device
   * @param id u32
   * @param code u8
   * @param arguments as they travel
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Due(long block, long id, int code, byte[] arguments) {}

  /** Bytes arrive. */
  void received(byte[] bytes);

  /**
   * The answer to {@link Surroundings#admit}.
   *
   * @param verdict what is decided
   * @param retryAfter s, with BUSY
   * @param key 32 bytes if the device has one, else null
   */
  void admitted(Verdict verdict, int retryAfter, byte[] key);

  /**
   * The answer to {@link Surroundings#store}.
   *
   * @param request its number in the session, from 0
   * @param fate what became of it
   * @param pending commands due, 0..255
   * @param due what is to be sent behind the answer
   */
  void stored(int request, Fate fate, int pending, List<Due> due);

  /** Storage asks the device to pause, or no more. */
  void pressed(boolean pressed);

  /** The session is interrupted. */
  void interrupted(Ending ending);
}
