package org.kvantenergo.health;

/**
 * What a look found.
 *
 * @param well whether all is well
 * @param words what is wrong or, if all is well, what was seen; for the operator, never empty
 */
public record Finding(boolean well, String words) {

  /** All is well. */
  public static Finding well(String words) {
    return new Finding(true, words);
  }

  /** Something is wrong. */
  public static Finding ill(String words) {
    return new Finding(false, words);
  }
}
