package org.kvantenergo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options read(Map<String, String> properties) {
    return Options.read(new Settings(properties::get, Map.of()), Path.of("/project"));
  }

  @Test
  void defaults() {
    Options options = read(Map.of());
    assertThat(options.ports())
        .containsExactly(
            Map.entry("kvant.http.port", 8080),
            Map.entry("kvant.https.port", 8443),
            Map.entry("kvant.module.port", 5642),
            Map.entry("kvant.module.tls.port", 5643),
            Map.entry("kvant.management.port", 9990));
    assertThat(options.dataFolder()).isEqualTo(Path.of("/project/.kvant"));
    assertThat(options.demoStations()).isZero();
    assertThat(options.demoBlocks()).isZero();
  }

  @Test
  void stationsAndBlocks() {
    Options options = read(Map.of("kvant.demo.stations", "3", "kvant.demo.blocks", "40"));
    assertThat(options.demoStations()).isEqualTo(3);
    assertThat(options.demoBlocks()).isEqualTo(40);
  }

  @Test
  void portForTlsCountsOnlyIfItIsOpened() {
    Options options = read(Map.of("kvant.demo", "false"));
    assertThat(options.ports()).doesNotContainKey("kvant.module.tls.port");
  }

  @Test
  void equalPortsAreRefused() {
    Options options = read(Map.of("kvant.http.port", "7000", "kvant.management.port", "7000"));
    assertThatThrownBy(() -> Ports.requireDistinct(options.ports()))
        .isInstanceOf(LaunchException.class)
        .hasMessage(
            "KVANT-5011 -Dkvant.http.port and -Dkvant.management.port are both 7000. Choose another"
                + " port for one of them, such as -Dkvant.management.port=PORT.");
  }
}
