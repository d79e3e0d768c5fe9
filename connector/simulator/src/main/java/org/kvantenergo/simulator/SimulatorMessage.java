package org.kvantenergo.simulator;

/** The numbered messages of the simulator. Each has a row in {@code docs/errors.md}. */
public enum SimulatorMessage {
  UNREACHABLE(6001, "The server does not answer: %s; coming again in %s s"),
  BUSY(6002, "The server is busy; coming again in %s s"),
  STORAGE_AWAY(6003, "The server cannot store now; coming again in %s s"),
  REFUSED(6004, "The server refuses module %s: %s"),
  BROKEN(6005, "A session of module %s broke: %s; coming again in %s s"),
  UNEXPECTED(6006, "The server answered module %s against the protocol: %s"),
  JOURNAL_FAILED(6007, "The journal cannot be written: %s"),
  NOT_ACKNOWLEDGED(6008, "%s records were not acknowledged"),
  STATE_FAILED(6009, "The state of the live modules cannot be kept: %s");

  private final int number;
  private final String text;

  SimulatorMessage(int number, String text) {
    this.number = number;
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

  /** The whole line. */
  public String line(Object... values) {
    return "KVANT-" + number + " " + String.format(text, values);
  }
}
