package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.kvantenergo.simulator.Keys;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What the devices of a run come with. */
final class DeviceOptions {

  @ArgGroup private KeySource keySource;

  @Option(
      names = "--technological",
      description =
          "Devices begin in the technological mode (settings open, status bit 14 set). Default:"
              + " metrological; they obey command 3 alone, until then others are answered 1, locked.")
  boolean technological;

  /** One way or the other. */
  static final class KeySource {

    @Option(
        names = "--key",
        paramLabel = "HEX",
        description = "The key of every device, 64 hex digits; modules of --unknown have none.")
    private String key;

    @Option(
        names = "--keys",
        paramLabel = "FILE",
        description = "Keys of devices, one a line: IMEI or serial, a space, 64 hex digits.")
    private Path keys;
  }

  /** The keys; the recorded key of the made-up module if nothing is said. */
  Keys keys() throws IOException {
    if (keySource == null) {
      return Keys.RECORDED;
    }
    return keySource.key != null ? Keys.same(keySource.key) : Keys.read(keySource.keys);
  }
}
