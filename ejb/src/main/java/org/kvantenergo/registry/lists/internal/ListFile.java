package org.kvantenergo.registry.lists.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kvantenergo.registry.lists.Problem;

/** A file that says by its first bytes what it is; its name is not believed. */
final class ListFile {

  /** Takes lines one by one. */
  interface Taker {
    void take(RawLine line) throws RefusedFile;
  }

  private ListFile() {}

  /**
   * Reads a file line by line, blank ones left out.
   *
   * @throws RefusedFile if it is no list; what was taken before is worth nothing then
   */
  static void read(Path file, Taker taker) throws IOException, RefusedFile {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(8);
    }
    if (head.length == 0) {
      throw new RefusedFile(Problem.EMPTY, 0, "");
    }
    if (begins(head, 'P', 'K')) {
      XlsxFile.read(file, taker);
    } else if (begins(head, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw new RefusedFile(Problem.OLD_EXCEL, 0, "");
    } else if (begins(head, 0xFF, 0xFE) || begins(head, 0xFE, 0xFF)) {
      throw new RefusedFile(Problem.UTF16, 0, "");
    } else {
      CsvFile.read(file, taker);
    }
  }

  private static boolean begins(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
