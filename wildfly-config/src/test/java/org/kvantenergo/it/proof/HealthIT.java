package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;

/** An orchestrator is told when the database is away, why, and that it is back. */
@ExtendWith(ProofExtension.class)
class HealthIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int AT_ONCE = 50;

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpRequest request(KvantInstance kvant, String which) {
    return HttpRequest.newBuilder(URI.create(kvant.managementUrl() + "/health/" + which))
        .timeout(PATIENCE)
        .build();
  }

  private HttpResponse<String> get(KvantInstance kvant, String which)
      throws IOException, InterruptedException {
    return client.send(request(kvant, which), BodyHandlers.ofString());
  }

  private static Pattern check(String name, String status) {
    return Pattern.compile("\"name\" ?: ?\"%s\",\\s*\"status\" ?: ?\"%s\"".formatted(name, status));
  }

  @Test
  void readinessFollowsTheDatabase(KvantInstance kvant) throws Exception {
    Waiting.until("ready", () -> get(kvant, "ready").statusCode() == 200);
    assertThat(get(kvant, "ready").body())
        .containsPattern(check("kvant-database", "UP"))
        .containsPattern(check("kvant-partitions", "UP"))
        .containsPattern(check("kvant-module-port", "UP"));
    assertThat(get(kvant, "started").body()).containsPattern(check("kvant-start", "UP"));
    assertThat(get(kvant, "live").body()).containsPattern(check("kvant-lanes", "UP"));

    kvant.stopDatabase(KvantInstance.DatabaseEnd.IMMEDIATE);
    try {
      // Many impatient askers: none of them hangs, and the pool is not used up by them.
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        asked.add(client.sendAsync(request(kvant, "ready"), BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> each : asked) {
        assertThat(each.join().statusCode()).isEqualTo(503);
        assertThat(each.join().body())
            .containsPattern(check("kvant-database", "DOWN"))
            .containsPattern(check("kvant-partitions", "UP"))
            .containsPattern(check("kvant-module-port", "UP"))
            .containsPattern("\"reason\" ?: ?\"\\S+");
      }
      assertThat(get(kvant, "live").statusCode()).isEqualTo(200);
    } finally {
      kvant.startDatabase();
    }
    Waiting.until("ready again", () -> get(kvant, "ready").statusCode() == 200);
  }
}
