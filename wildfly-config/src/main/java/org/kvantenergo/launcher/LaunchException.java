package org.kvantenergo.launcher;

/** The launch cannot go on; the message is the numbered line for the person at the console. */
public final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LaunchException(String line) {
    super(line);
  }
}
