package org.kvantenergo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A line of a vector file: a comment line says what the frame on the next line is, in hex.
 *
 * @param name the comment
 * @param bytes the frame
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are never compared
public record Vectors(String name, byte[] bytes) {

  /** All vectors of a file under {@code /vectors}. */
  public static List<Vectors> of(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      List<Vectors> vectors = new ArrayList<>();
      String name = "";
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("#")) {
          name = line.substring(1).strip();
        } else if (!line.isBlank()) {
          vectors.add(new Vectors(name, HexFormat.of().parseHex(line.strip())));
        }
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
