package org.kvantenergo.jobs;

import java.lang.System.Logger.Level;
import org.kvantenergo.shared.NumberedMessage;

/** The numbered messages of this deployable. Each has a row in {@code docs/errors.md}. */
public enum JobMessage implements NumberedMessage {
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

  @Override
  public int number() {
    return number;
  }

  @Override
  public Level level() {
    return level;
  }

  @Override
  public String text() {
    return text;
  }
}
