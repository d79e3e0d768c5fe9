package org.kvantenergo.wire.frame;

/** What {@link FrameParser} found at the buffer's position. */
public sealed interface FrameParse {

  /**
   * Nothing wrong so far, and not all there. Nothing was consumed.
   *
   * @param missing at least so many more bytes are needed, 1 or more
   */
  record Incomplete(int missing) implements FrameParse {}

  /**
   * A whole frame; consumed.
   *
   * @param frame the frame
   */
  record Whole(Frame frame) implements FrameParse {}

  /**
   * A whole frame with a wrong CRC; consumed, so that the next one can be read.
   *
   * @param seq u16, as its header says
   */
  record BadCrc(int seq) implements FrameParse {}

  /**
   * The header announces a payload over 4096 bytes. Where the next frame begins is not known.
   *
   * @param seq u16
   */
  record TooLong(int seq) implements FrameParse {}

  /**
   * The header names another protocol version. Where the next frame begins is not known.
   *
   * @param seq u16
   */
  record UnsupportedVersion(int seq) implements FrameParse {}

  /** The bytes do not begin with the magic: not our protocol. */
  record Foreign() implements FrameParse {}
}
