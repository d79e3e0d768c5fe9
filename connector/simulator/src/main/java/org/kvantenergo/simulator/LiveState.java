package org.kvantenergo.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Properties;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/**
 * Where live devices were when the last run ended, in a small file: the newest record of each, as
 * the hex of its 54 bytes, so that numbers and readings go on from there; session counter, settings
 * and commands obeyed, so that none is obeyed twice. The file has the settings' passwords in it.
 * May be used from any thread.
 */
final class LiveState {

  private static final String COUNTER = ".counter";
  private static final String COMMANDS = ".commands";
  private static final String SETTINGS = ".settings";
  private static final String MODE = ".mode";
  private static final String OPEN = "technological";
  private static final String PERIOD = "period";

  private final Path file;
  private final Properties kept = new Properties();

  /**
   * Reads the file if it is there, and looks whether it can be written.
   *
   * @param file null = nothing is kept between runs
   */
  LiveState(Path file) throws IOException {
    this.file = file;
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (folder != null && !Files.isWritable(folder)) {
      throw Files.exists(folder)
          ? new AccessDeniedException(folder.toString())
          : new NoSuchFileException(folder.toString());
    }
    if (file != null && Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        kept.load(in);
      }
    }
  }

  /** The device's newest record of the last run, null if there is none. */
  synchronized Reading newest(ModuleIdentity device) throws IOException {
    String hex = kept.getProperty(key(device));
    if (hex == null) {
      return null;
    }
    try {
      byte[] record = HexFormat.of().parseHex(hex);
      byte[] payload = ByteBuffer.allocate(1 + record.length).put((byte) 1).put(record).array();
      return ((Readings) PacketDecoder.uplink(Readings.TYPE, payload)).records().get(0);
    } catch (IllegalArgumentException | MalformedPacketException e) {
      throw new IOException("%s: the record of %s is damaged".formatted(file, key(device)), e);
    }
  }

  /** Gives a device back what it knew at the end of the last run. */
  synchronized void restore(SimulatedModule device) throws IOException {
    String key = key(device.identity());
    try {
      device.counter().restore(Long.parseLong(kept.getProperty(key + COUNTER, "0")));
      device.commands().restore(kept.getProperty(key + COMMANDS, ""));
      String settings = kept.getProperty(key + SETTINGS);
      if (settings != null) {
        byte[] info = HexFormat.of().parseHex(settings);
        String mode = kept.getProperty(key + MODE, "");
        device
            .settings()
            .restore(
                (Info) PacketDecoder.uplink(Info.TYPE, info),
                mode.contains(OPEN),
                mode.contains(PERIOD));
      }
    } catch (IllegalArgumentException | MalformedPacketException e) {
      throw new IOException("%s: what %s knew is damaged".formatted(file, key), e);
    }
  }

  /** Keeps a record. */
  synchronized void keep(ModuleIdentity device, Reading record) throws IOException {
    kept.setProperty(key(device), HexFormat.of().formatHex(PacketEncoder.record(record)));
    write();
  }

  /** Keeps what else a device knows. */
  synchronized void keep(SimulatedModule device) throws IOException {
    String key = key(device.identity());
    DeviceSettings settings = device.settings();
    kept.setProperty(key + COUNTER, Long.toString(device.counter().last()));
    kept.setProperty(key + COMMANDS, device.commands().text());
    kept.setProperty(
        key + SETTINGS, HexFormat.of().formatHex(PacketEncoder.payload(device.info())));
    kept.setProperty(
        key + MODE,
        (settings.open() ? OPEN : "") + " " + (settings.periodCommanded() ? PERIOD : ""));
    write();
  }

  private static String key(ModuleIdentity device) {
    return Long.toString(device.name());
  }

  /** The file is replaced as a whole. */
  private void write() throws IOException {
    if (file == null) {
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (var out = Files.newBufferedWriter(next)) {
      kept.store(
          out, "What each live device knew: newest record, 54 bytes, hex; counter; commands");
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
