package org.kvantenergo.account.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of breached passwords in the text form of Have I Been Pwned: a line a password, {@code
 * SHA-1:COUNT} with 40 hexadecimal digits, sorted by the digits. Searched where it lies: some
 * thirty reads of 128 bytes a search, however large it is. Safe for any thread.
 */
final class BreachedFile implements Closeable {

  /** Places that are looked at when the order is checked. */
  static final int SAMPLES = 256;

  private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{40}):\\d+\r?");

  /** Above the longest line, bytes: 40 digits, a colon, a count of up to 19, an end of two. */
  private static final int REACH = 64;

  private final FileChannel channel;
  private final long size;

  private BreachedFile(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** Opens a file, which stays open. */
  static BreachedFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new BreachedFile(channel, channel.size());
  }

  /** Its length, bytes. */
  long size() {
    return size;
  }

  /**
   * Whether it holds a password.
   *
   * @param sha1 40 hexadecimal digits
   * @throws IOException if it cannot be read, or a line that was met has another form
   */
  boolean contains(String sha1) throws IOException {
    String wanted = sha1.toUpperCase(Locale.ROOT);
    long from = 0;
    long to = size;
    while (from < to) {
      Line line = lineAround((from + to) / 2);
      int order = wanted.compareTo(line.hash());
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        to = line.begin();
      } else {
        from = line.end();
      }
    }
    return false;
  }

  /**
   * Looks at lines in places all over the file.
   *
   * @return where one is not behind the one before it; empty if all are
   * @throws IOException if it cannot be read, or one of the lines has another form
   */
  OptionalLong disorder() throws IOException {
    Line before = null;
    for (int i = 0; i < SAMPLES && size > 0; i++) {
      Line line = lineAround((long) ((double) (size - 1) * i / (SAMPLES - 1)));
      if (before != null
          && line.begin() != before.begin()
          && line.hash().compareTo(before.hash()) <= 0) {
        return OptionalLong.of(line.begin());
      }
      before = line;
    }
    return OptionalLong.empty();
  }

  /**
   * A line.
   *
   * @param hash 40 digits, in capitals
   * @param begin of its first byte
   * @param end of the byte behind it
   */
  private record Line(String hash, long begin, long end) {}

  /** The line that a byte belongs to. */
  private Line lineAround(long at) throws IOException {
    long base = Math.max(0, at - REACH);
    String text = read(base, (int) Math.min(2L * REACH, size - base));
    int here = (int) (at - base);
    int begin = text.lastIndexOf('\n', here - 1) + 1;
    int end = text.indexOf('\n', here);
    String line = text.substring(begin, end < 0 ? text.length() : end);
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IOException("no line of hash and count at byte " + (base + begin));
    }
    String hash = matcher.group(1).toUpperCase(Locale.ROOT);
    return new Line(hash, base + begin, base + begin + line.length() + 1);
  }

  private String read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("the file ends earlier than it did");
      }
    }
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
