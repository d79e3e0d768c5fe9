package org.kvantenergo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.simulator.ModuleIdentity;

/** What a monitoring system sees of a running node, and who is let in. */
@ExtendWith(KvantExtension.class)
class MetricsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+(?:\\{.*?})?) (\\S+)$");

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> get(KvantInstance kvant, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(kvant.url() + "/metrics")).timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private Map<String, Double> samples(KvantInstance kvant)
      throws IOException, InterruptedException {
    Map<String, Double> samples = new TreeMap<>();
    Matcher sample = SAMPLE.matcher(get(kvant).body());
    while (sample.find()) {
      samples.put(sample.group(1), Double.valueOf(sample.group(2)));
    }
    return samples;
  }

  @Test
  void aSessionIsCountedThroughAdapterAndBeans(KvantInstance kvant) throws Exception {
    Map<String, Double> before = samples(kvant);
    long time = 1_690_016_400L;
    ModuleIdentity module = ModuleIdentity.unknown(990_017);
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendAtOnce(
          Talk.session(module, Talk.slice(1, time, 1.5), Talk.slice(2, time + 3600, 1.6)));
      assertThat(talk.answers(3)).hasSize(3);
    }
    Map<String, Double> after = samples(kvant);
    Map<String, Double> grown = new TreeMap<>();
    after.forEach((name, value) -> grown.put(name, value - before.getOrDefault(name, 0.0)));
    assertThat(grown)
        .containsEntry("kvant_frames_total{type=\"hello\"}", 1.0)
        .containsEntry("kvant_frames_total{type=\"info\"}", 1.0)
        .containsEntry("kvant_frames_total{type=\"readings\"}", 1.0)
        .containsEntry("kvant_frames_total{type=\"unknown\"}", 0.0)
        .containsEntry("kvant_hello_answers_total{result=\"not_registered\"}", 1.0)
        .containsEntry("kvant_records_total{outcome=\"stored\"}", 2.0)
        .containsEntry("kvant_ack_seconds_count", 2.0)
        .containsEntry("kvant_ack_seconds_bucket{le=\"+Inf\"}", 2.0)
        .containsEntry("kvant_batch_seconds_count{outcome=\"failed\"}", 0.0);
    assertThat(after)
        .containsEntry("kvant_port_open{port=\"plain\"}", 1.0)
        .containsKeys(
            "kvant_sessions_open",
            "kvant_lane_waiting{lane=\"admission\"}",
            "kvant_lane_busy_seconds_total{lane=\"0\"}",
            "kvant_outbox_waiting",
            "kvant_relay_lag_seconds",
            "kvant_setaside_waiting",
            "kvant_devices_unknown",
            "process_files_open_files",
            "jvm_threads_live_threads");
  }

  @Test
  void theDocumentedMetricsAreTheOnesThatAreThere(KvantInstance kvant) throws Exception {
    String text = get(kvant).body();
    Set<String> shown = all("(?m)^# TYPE (kvant_\\w+) ", text);
    // The largest of a histogram goes with it.
    shown.removeIf(name -> name.endsWith("_max"));
    assertThat(all("(?m)^\\| `(kvant_\\w+)` \\|", doc("operations.md"))).isEqualTo(shown);

    Set<String> alerted = all("\\b((?:kvant|process)_\\w+)[{\\[) ]", doc("prometheus-alerts.yml"));
    assertThat(alerted).hasSizeGreaterThan(5);
    assertThat(alerted)
        .allSatisfy(name -> assertThat(text).containsPattern("(?m)^" + name + "[ {]"));
  }

  private static String doc(String name) throws IOException {
    return Files.readString(Path.of("../docs").resolve(name));
  }

  private static Set<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void nobodyButTheMachineAndWhoKnowsTheTokenIsLetIn(KvantInstance kvant) throws Exception {
    HttpResponse<String> own = get(kvant);
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.headers().firstValue("Content-Type").map(type -> type.replace(" ", "")))
        .contains("text/plain;version=0.0.4;charset=utf-8");
    assertThat(own.headers().firstValue("Set-Cookie")).as("no session").isEmpty();

    HttpResponse<String> forwarded = get(kvant, "X-Forwarded-For", "203.0.113.9");
    assertThat(forwarded.statusCode()).isEqualTo(404);
    assertThat(forwarded.body()).isEmpty();
    assertThat(forwarded.headers().firstValue("Set-Cookie")).isEmpty();

    HttpResponse<String> wrong =
        get(kvant, "X-Forwarded-For", "203.0.113.9", "Authorization", "Bearer guess");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).isEmpty();

    HttpResponse<String> right =
        get(
            kvant,
            "X-Forwarded-For",
            "203.0.113.9",
            "Authorization",
            "Bearer " + KvantExtension.METRICS_TOKEN);
    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(right.body()).contains("kvant_sessions_open ");
  }
}
