package org.kvantenergo.web.custody;

import java.util.List;

/**
 * A part of the page.
 *
 * @param title what it is about
 * @param lines what is known
 * @param bytes a dump, empty if there is none
 */
public record Section(String title, List<Line> lines, String bytes) {

  /**
   * One thing that is known.
   *
   * @param label what
   * @param value in words
   * @param tone style class: «ok» proof, «wa» something is missing, «da» something is wrong; else
   *     empty
   */
  public record Line(String label, String value, String tone) {}
}
