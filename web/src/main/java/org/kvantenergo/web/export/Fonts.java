package org.kvantenergo.web.export;

import com.lowagie.text.pdf.BaseFont;
import java.io.IOException;
import java.io.InputStream;

/** IBM Plex Sans inside a PDF: only the letters that are used. */
final class Fonts {

  private static final byte[] REGULAR = bytes("IBMPlexSans-Regular.ttf");
  private static final byte[] BOLD = bytes("IBMPlexSans-SemiBold.ttf");

  private Fonts() {}

  /** For values. */
  static BaseFont regular() throws IOException {
    return font("regular.ttf", REGULAR);
  }

  /** For headers. */
  static BaseFont bold() throws IOException {
    return font("bold.ttf", BOLD);
  }

  // Not cached by its name: each document marks in its own which letters it has used.
  private static BaseFont font(String name, byte[] bytes) throws IOException {
    return BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, bytes, null);
  }

  private static byte[] bytes(String file) {
    try (InputStream in = Fonts.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
