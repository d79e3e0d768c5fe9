package org.kvantenergo.web.export;

import com.lowagie.text.PageSize;
import com.lowagie.text.Rectangle;
import java.util.List;

/**
 * How a table lies on paper across: A4 while its letters stay readable, A3 otherwise.
 *
 * @param paper its size, points
 * @param size of the letters, points
 * @param widths of the columns with the gap between them, points
 */
record PdfPaper(Rectangle paper, float size, List<Float> widths) {

  static final float MARGIN = 28;
  static final float GAP = 4;
  private static final float LARGEST = 9;
  private static final float SMALLEST = 6;
  // A column that is full of digits needs a hair more than their sum.
  private static final float HAIR = 0.2f;

  /**
   * Lays it.
   *
   * @param digit width of a digit of one point
   */
  static PdfPaper of(List<Column> columns, float digit) {
    float natural = 0;
    for (Column column : columns) {
      natural += column.width() + HAIR;
    }
    Rectangle paper = across(PageSize.A4);
    if (size(paper, columns.size(), natural * digit) < SMALLEST) {
      paper = across(PageSize.A3);
    }
    float size = Math.min(LARGEST, size(paper, columns.size(), natural * digit));
    List<Float> widths =
        columns.stream().map(c -> GAP + (c.width() + HAIR) * digit * size).toList();
    return new PdfPaper(paper, size, widths);
  }

  // A page that is wide itself: one that is turned looks the same and reads worse.
  private static Rectangle across(Rectangle upright) {
    return new Rectangle(upright.getHeight(), upright.getWidth());
  }

  private static float size(Rectangle paper, int columns, float natural) {
    return (paper.getWidth() - 2 * MARGIN - columns * GAP) / natural;
  }

  /** Height of a line. */
  float line() {
    return size * 1.35f;
  }

  float top() {
    return paper.getHeight() - MARGIN;
  }

  float right() {
    return paper.getWidth() - MARGIN;
  }

  /** Where the last column ends. */
  float end() {
    float end = MARGIN;
    for (float width : widths) {
      end += width;
    }
    return end;
  }
}
