package org.kvantenergo.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void readsWhatTheProgramsWrite() {
    Map<String, Object> json =
        Json.object(
            """
            {"clean": true, "seconds": 2.5, "ackMicros": {"count": 3, "p50": 120},
             "sweep": [{"way": "copy"}, {"way": "unn\\"est"}], "none": [], "empty": {}, "error": null}
            """);
    assertThat(json.get("clean")).isEqualTo(true);
    assertThat(Json.number(json, "seconds")).isEqualTo(2.5);
    assertThat(Json.number(json, "ackMicros", "p50")).isEqualTo(120);
    assertThat(json.get("sweep"))
        .isEqualTo(List.of(Map.of("way", "copy"), Map.of("way", "unn\"est")));
    assertThat(json.get("none")).isEqualTo(List.of());
    assertThat(json.get("empty")).isEqualTo(Map.of());
    assertThat(json).containsEntry("error", null);
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> Json.number(Json.object("{\"a\": {\"b\": 1}}"), "a", "c"))
        .hasMessage("no number a.c in {a={b=1.0}}");
    assertThatThrownBy(() -> Json.object("{\"a\": }")).hasMessage("at 6 is not a value: {\"a\": }");
    assertThatThrownBy(() -> Json.object("{\"a\": 1")).hasMessage("at 7 is not ',': {\"a\": 1");
    assertThatThrownBy(() -> Json.object("{} {}"))
        .hasMessage("at 3 is not an object and nothing more: {} {}");
    assertThatThrownBy(() -> Json.object("[]"))
        .hasMessage("at 2 is not an object and nothing more: []");
  }

  @Test
  void writesWhatItReads() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", "a \"b\" \\ c\nd");
    json.put("whole", 12_000.0);
    json.put("part", 0.0625);
    json.put("count", 3);
    json.put("list", List.of(1.0, 2.5));
    json.put("long", List.of("x".repeat(60), "y".repeat(60)));
    String text = Json.text(json);
    assertThat(text)
        .isEqualTo(
            """
            {
              "text": "a \\"b\\" \\\\ c\\nd",
              "whole": 12000,
              "part": 0.0625,
              "count": 3,
              "list": [1, 2.5],
              "long": [
                "%s",
                "%s"
              ]
            }"""
                .formatted("x".repeat(60), "y".repeat(60)));
    assertThat(Json.object(text)).containsEntry("part", 0.0625).containsEntry("count", 3.0);
  }
}
