package org.kvantenergo.web.export;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The name of a file: «Модули 642M_MTS 2026-11-30 14-05.xlsx».
 *
 * @param name in full
 * @param plain of ASCII letters, for who cannot read the other
 */
public record FileName(String name, String plain) {

  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH-mm", Locale.ROOT);
  private static final int LONGEST_TITLE = 100;

  /** Of a table that is asked for now. */
  public static FileName of(Heading heading, Format format) {
    String end = " " + AT.format(heading.at().atZone(heading.zone())) + format.extension();
    // What some file system does not take, or takes for a path.
    String title =
        Markup.clean(heading.title())
            .replaceAll("[\\p{Cc}\\p{Cf}\\uFFFD/\\\\:*?\"<>|]+", " ")
            .replaceAll("\\s+", " ")
            .replaceAll("^[. ]+", "")
            .strip();
    int length = Math.min(title.length(), LONGEST_TITLE);
    if (length < title.length() && Character.isHighSurrogate(title.charAt(length - 1))) {
      length--;
    }
    return new FileName(
        title.substring(0, length).strip() + end, (heading.table() + end).replace(' ', '_'));
  }

  /** The header that names it (RFC 6266, RFC 8187). */
  public String disposition() {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\""
        + plain
        + "\"; filename*=UTF-8''"
        + encoded.replace("*", "%2A");
  }
}
