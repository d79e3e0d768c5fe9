package org.kvantenergo.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures come from one named server, on one page, or from nowhere. */
class MapTilesTest {

  @Test
  void withoutATemplateNobodyIsAsked() {
    assertThat(tiles("").originFor(MapTiles.PAGE)).isEmpty();
    assertThat(tiles("").getTemplate()).isEmpty();
  }

  @Test
  void oneOriginOnOnePage() {
    MapTiles tiles = tiles("https://tiles.example:8443/osm/{z}/{x}/{y}.png?key=a");
    assertThat(tiles.originFor("/map.xhtml")).contains("https://tiles.example:8443");
    assertThat(tiles.originFor("/monitoring.xhtml")).isEmpty();
    assertThat(tiles.originFor("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "//tiles.example/{z}/{x}/{y}.png",
        "javascript:alert({z}{x}{y})",
        "https://a:b@tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example; script-src */{z}/{x}/{y}.png"
      })
  void whatWouldOpenMoreIsRefused(String template) {
    assertThat(tiles(template).originFor(MapTiles.PAGE)).isEmpty();
    assertThat(tiles(template).getTemplate()).isEmpty();
  }

  private static MapTiles tiles(String template) {
    return new MapTiles(Optional.of(template), Optional.empty());
  }
}
