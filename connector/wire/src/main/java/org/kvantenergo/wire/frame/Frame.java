package org.kvantenergo.wire.frame;

/**
 * A whole frame with a right CRC (docs/protocol.md, "Frame"). What its payload means is not known
 * here. The arrays are not copied: they belong to the frame and must not be changed.
 *
 * @param flags u8; bit 0 AUTH, other bits should be 0
 * @param type u8
 * @param seq u16
 * @param payload 0..4096 bytes
 * @param tag 8 bytes with AUTH, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // one frame is never compared with another
public record Frame(int flags, int type, int seq, byte[] payload, byte[] tag) {

  /** Flag bit 0: a tag follows the payload. */
  public static final int AUTH = 1;

  /** Protocol version of every frame. */
  public static final int VERSION = 5;

  /** Longest payload, bytes. */
  public static final int MAX_PAYLOAD = 4096;

  /** Length of the header, bytes. */
  public static final int HEADER = 9;

  /** Length of the tag, bytes. */
  public static final int TAG = 8;

  static final int MAGIC_0 = 0x4B;
  static final int MAGIC_1 = 0x56;
  static final int CRC = 2;

  /** Whether the frame carries a tag. */
  public boolean authenticated() {
    return (flags & AUTH) != 0;
  }

  /** Whether a flag is set that this version does not know. */
  public boolean unknownFlags() {
    return (flags & ~AUTH) != 0;
  }
}
