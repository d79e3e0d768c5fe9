package org.kvantenergo.device;

/** A text that is no filter or no order. Says which part of it is wrong. */
public class BadFilterException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String term;
  private final Reason reason;

  /** What is wrong. */
  public enum Reason {
    /** There is no condition, group or column of this name. */
    NAME,
    /** The name is right, what stands after it is not. */
    VALUE,
    /** More terms, groups or values than are taken. */
    TOO_MANY
  }

  /** Of a part of a text. */
  public BadFilterException(String term, Reason reason) {
    super(reason + " in " + term);
    this.term = term;
    this.reason = reason;
  }

  /** The part as it was given. */
  public String term() {
    return term;
  }

  /** What is wrong with it. */
  public Reason reason() {
    return reason;
  }
}
