package org.kvantenergo.web.fleet;

/**
 * A bar that opens what it counts.
 *
 * @param label what it stands for
 * @param title the whole sentence, with number and unit
 * @param href of the upper table with the filter of this bar; empty = there is none to open
 * @param number as the viewer's language writes it
 * @param count the same as a plain number, for scripts and tests
 * @param percent of the longest bar, 0..100; at least 1 where there is anything
 * @param tone style class: «da», «wa», «op», «none» where nothing is known yet, or empty
 */
public record Bar(
    String label,
    String title,
    String href,
    String number,
    long count,
    double percent,
    String tone) {

  /** Where a standing bar begins, of 100 from the top. */
  public double top() {
    return 100 - percent;
  }
}
