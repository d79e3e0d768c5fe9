package org.kvantenergo.setaside;

/** Reads the bytes of a frame. Pure; any thread. */
public interface FrameReader {

  /**
   * What a frame says.
   *
   * @param type u8
   * @param payload of the frame
   * @throws IllegalArgumentException if it is none that is ever set aside
   */
  FrameContent read(int type, byte[] payload);
}
