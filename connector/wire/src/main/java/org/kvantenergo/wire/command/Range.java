package org.kvantenergo.wire.command;

import java.nio.charset.StandardCharsets;

/** Checks of what we are about to send. */
final class Range {

  static final int MAX_TEXT = 63;

  private Range() {}

  static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be %d..%d".formatted(name, value, least, most));
    }
  }

  static void checkText(String name, String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_TEXT || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "%s of %d bytes: at most %d, none of them 0".formatted(name, length, MAX_TEXT));
    }
  }
}
