package org.kvantenergo.adapter.fuzz;

/**
 * What is wrong with a frame.
 *
 * @param kind what
 * @param x where or how much, 0..255
 */
record Damage(Kind kind, int x) {

  static final Damage NONE = new Damage(Kind.NONE, 0);

  /** All but the last four leave tag and CRC right. */
  enum Kind {
    /** Nothing. */
    NONE,
    /**
     * The seq is another one, mostly a little further; the frame after it goes on as if nothing
     * was.
     */
    SEQ,
    /** Another flag is set. */
    FLAGS,
    /** Another type. */
    TYPE,
    /** Bytes are missing at the end of the payload. */
    SHORTER,
    /** Bytes are left over at the end of the payload. */
    LONGER,
    /** The first byte of the payload (kind, count, day) is another. */
    FIRST,
    /** Any one byte of the payload is another. */
    BYTE,
    /** A bit of the tag; AUTH with a random tag where there is no key. */
    TAG,
    /** No AUTH. */
    UNTAGGED,
    /** A bit behind the header; the frame is left behind, or (odd) said again with its seq. */
    CRC,
    /** Another version, from 128 on with N over 4096 besides. */
    VERSION,
    /** N over 4096. */
    LENGTH,
    /** A bit of the header. */
    HEADER,
    /** Only the beginning is sent. */
    CUT
  }

  @Override
  public String toString() {
    return kind == Kind.NONE ? "" : ", " + kind + " " + x;
  }
}
