package org.kvantenergo.wire.packet;

/** The structure of a payload is wrong: answered REJECT 3. */
public final class MalformedPacketException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedPacketException(String message) {
    super(message);
  }
}
