package org.kvantenergo.web.export;

import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfContentByte;
import java.util.ArrayList;
import java.util.List;

/** Texts on a page of one size of letters. */
final class PdfText {

  private static final String ELLIPSIS = "…";

  private final PdfContentByte canvas;
  private final float size;

  PdfText(PdfContentByte canvas, float size) {
    this.canvas = canvas;
    this.size = size;
  }

  /** A line that begins at a place. */
  void from(BaseFont font, String text, float x, float y) {
    show(font, PdfContentByte.ALIGN_LEFT, text, x, y);
  }

  /** A line that ends at a place. */
  void until(BaseFont font, String text, float x, float y) {
    show(font, PdfContentByte.ALIGN_RIGHT, text, x, y);
  }

  private void show(BaseFont font, int align, String text, float x, float y) {
    if (!text.isEmpty()) {
      canvas.beginText();
      canvas.setFontAndSize(font, size);
      canvas.showTextAligned(align, text, x, y, 0);
      canvas.endText();
    }
  }

  /** What the font can show of a text, cut to a width. */
  String fitting(BaseFont font, String text, float width) {
    String shown = printable(font, text);
    if (font.getWidthPoint(shown, size) <= width) {
      return shown;
    }
    int end = shown.length();
    while (end > 0 && font.getWidthPoint(shown.substring(0, end) + ELLIPSIS, size) > width) {
      end = shown.offsetByCodePoints(end, -1);
    }
    return shown.substring(0, end).stripTrailing() + ELLIPSIS;
  }

  /** A text in lines of a width, broken between words, and inside one that is wider. */
  List<String> wrapped(BaseFont font, String text, float width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : printable(font, text).split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && font.getWidthPoint(longer, size) > width) {
        lines.add(line);
        longer = word;
      }
      while (longer.length() > 1 && font.getWidthPoint(longer, size) > width) {
        int end = longer.length() - 1;
        while (end > 1 && font.getWidthPoint(longer.substring(0, end), size) > width) {
          end--;
        }
        lines.add(longer.substring(0, end));
        longer = longer.substring(end);
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  private static String printable(BaseFont font, String text) {
    if (text.chars().allMatch(c -> c >= ' ' && font.charExists((char) c))) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c ->
                shown.appendCodePoint(
                    Character.isWhitespace(c)
                        ? ' '
                        : c >= ' ' && Character.isBmpCodePoint(c) && font.charExists((char) c)
                            ? c
                            : '?'));
    return shown.toString();
  }
}
