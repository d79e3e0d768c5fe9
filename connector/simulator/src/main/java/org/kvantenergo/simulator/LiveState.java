package org.kvantenergo.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Properties;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/**
 * Where live modules were when the last run ended: the newest record of each, as the hex of its 54
 * bytes, in a small file, so that numbers and readings go on from there. May be used from any
 * thread.
 */
final class LiveState {

  private final Path file;
  private final Properties records = new Properties();

  /**
   * Reads the file if it is there.
   *
   * @param file null = nothing is kept between runs
   */
  LiveState(Path file) throws IOException {
    this.file = file;
    if (file != null && Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        records.load(in);
      }
    }
  }

  /** The module's newest record of the last run, null if there is none. */
  synchronized Reading newest(long imei) throws IOException {
    String hex = records.getProperty(Long.toString(imei));
    if (hex == null) {
      return null;
    }
    try {
      byte[] record = HexFormat.of().parseHex(hex);
      byte[] payload = ByteBuffer.allocate(1 + record.length).put((byte) 1).put(record).array();
      return ((Readings) PacketDecoder.uplink(Readings.TYPE, payload)).records().get(0);
    } catch (IllegalArgumentException | MalformedPacketException e) {
      throw new IOException("%s: the record of %d is damaged".formatted(file, imei), e);
    }
  }

  /** Keeps a record; the file is replaced as a whole. */
  synchronized void keep(long imei, Reading record) throws IOException {
    if (file == null) {
      return;
    }
    records.setProperty(
        Long.toString(imei), HexFormat.of().formatHex(PacketEncoder.record(record)));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (var out = Files.newBufferedWriter(next)) {
      records.store(out, "Newest record of each live module: 54 bytes, hex");
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
