package org.kvantenergo.simulator.dialogue;

/**
 * A script that cannot be read, or that went otherwise than it says; the message names file and
 * line.
 */
public final class ScriptException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScriptException(String message) {
    super(message);
  }

  ScriptException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Where it happened. */
  ScriptException at(String file, int line, String text) {
    ScriptException placed =
        new ScriptException("%s:%d: %s\n  %s".formatted(file, line, text, getMessage()), this);
    placed.setStackTrace(getStackTrace());
    return placed;
  }
}
