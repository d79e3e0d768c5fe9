package org.kvantenergo.reading;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one record of a device.
 *
 * @param moduleTime module's clock, whole seconds
 * @param recordNumber the module's own counter
 * @param digest first 8 bytes of SHA-256 over the 54 bytes, big-endian
 */
public record RecordKey(Instant moduleTime, long recordNumber, long digest) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,10})-(\\d{1,10})-([0-9a-f]{16})");

  /** The key as text, for links: digits, letters and hyphens. */
  public String text() {
    return "%d-%d-%016x".formatted(moduleTime.getEpochSecond(), recordNumber, digest);
  }

  /**
   * From {@link #text()}.
   *
   * @param text may be anything, null too
   * @return empty if it is none
   */
  public static Optional<RecordKey> parse(String text) {
    Matcher parts = TEXT.matcher(text == null ? "" : text);
    return parts.matches()
        ? Optional.of(
            new RecordKey(
                Instant.ofEpochSecond(Long.parseLong(parts.group(1))),
                Long.parseLong(parts.group(2)),
                Long.parseUnsignedLong(parts.group(3), 16)))
        : Optional.empty();
  }
}
