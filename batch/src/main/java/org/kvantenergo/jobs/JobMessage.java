package org.kvantenergo.jobs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The numbered messages of this deployable. Each has a row in {@code docs/errors.md}. */
public enum JobMessage {
  JOB_FAILED(4000, Level.ERROR, "Job %s failed (execution %s): %s"),
  JOB_NOT_STARTED(4001, Level.ERROR, "Job %s cannot be started: %s"),
  MONTHS_MADE(4100, Level.INFO, "The archive got months: %s");

  private final int number;
  private final Level level;
  private final String text;

  JobMessage(int number, Level level, String text) {
    this.number = number;
    this.level = level;
    this.text = text;
  }

  /** The number, without the prefix. */
  public int number() {
    return number;
  }

  /** The text, with {@code %s} where something is filled in. */
  public String text() {
    return text;
  }

  /** Writes the message. */
  public void log(Logger logger, Object... values) {
    logger.log(level, "KVANT-" + number + " " + String.format(text, values));
  }
}
