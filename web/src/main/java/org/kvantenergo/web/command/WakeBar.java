package org.kvantenergo.web.command;

/**
 * How many devices are expected within a time.
 *
 * @param label until when
 * @param count how many, in the viewer's language
 * @param height of the bar, 0..{@value #HIGHEST}
 */
public record WakeBar(String label, String count, int height) {

  /** Of a bar. */
  static final int HIGHEST = 18;

  /** Where it begins, from above. */
  public int top() {
    return HIGHEST - height;
  }
}
