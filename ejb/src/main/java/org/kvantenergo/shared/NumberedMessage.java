package org.kvantenergo.shared;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A message that asks for attention, of an enum of them: its number leads to a row in {@code
 * docs/errors.md}. The deployables that see this package share what is done with one.
 */
public interface NumberedMessage {

  /** The number, without the prefix. */
  int number();

  /** How loud it is. */
  Level level();

  /** The text, with {@code %s} where something is filled in. */
  String text();

  /** The whole line. */
  default String line(Object... values) {
    return "KVANT-" + number() + " " + String.format(text(), values);
  }

  /** Writes the message. */
  default void log(Logger logger, Object... values) {
    logger.log(level(), line(values));
  }

  /** Writes the message with what caused it. */
  default void log(Logger logger, Throwable cause, Object... values) {
    logger.log(level(), line(values), cause);
  }

  /** Writes the message and gives the exception that stops what was being done. */
  default IllegalStateException fail(Logger logger, Throwable cause, Object... values) {
    String line = line(values);
    logger.log(level(), line);
    return new IllegalStateException(line, cause);
  }
}
