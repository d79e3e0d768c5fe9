package org.kvantenergo.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The keys that devices of a run have. Says nothing of them in {@link #toString()}. */
public final class Keys {

  /** Only the recorded key of the made-up module. */
  public static final Keys RECORDED = new Keys(Map.of(), null);

  private final Map<Long, byte[]> byName;
  private final byte[] others;

  private Keys(Map<Long, byte[]> byName, byte[] others) {
    this.byName = byName;
    this.others = others;
  }

  /**
   * One key for every device.
   *
   * @param hex 32 bytes
   * @throws IllegalArgumentException if it is not such a key; does not show it
   */
  public static Keys same(String hex) {
    return new Keys(Map.of(), key(hex));
  }

  /**
   * Keys by device, one a line: IMEI or serial, a space, 32 bytes in hex. Empty lines and those
   * that begin with # are passed over.
   *
   * @throws IllegalArgumentException if a line is not such a one; does not show it
   */
  public static Keys read(Path file) throws IOException {
    Map<Long, byte[]> keys = new HashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.trim().split("\\s+", -1);
      if (fields.length != 2 || !fields[0].matches("\\d{1,15}")) {
        throw new IllegalArgumentException(
            "%s, line %d: IMEI or serial, a space, 64 hex digits".formatted(file, number));
      }
      try {
        keys.put(Long.parseLong(fields[0]), key(fields[1]));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s, line %d: %s".formatted(file, number, e.getMessage()), e);
      }
    }
    return new Keys(Map.copyOf(keys), null);
  }

  private static byte[] key(String hex) {
    if (!hex.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("a key is 64 hex digits, not " + hex.length() + " others");
    }
    return HexFormat.of().parseHex(hex);
  }

  /** The key of a device, 32 bytes; null if it has none. The array must not be changed. */
  byte[] of(ModuleIdentity device) {
    byte[] key = byName.get(device.imei());
    if (key == null) {
      key = byName.getOrDefault(device.serial(), others);
    }
    return key != null ? key : RecordedModule.keyOf(device);
  }
}
