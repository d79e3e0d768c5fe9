package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.kvantenergo.it.KvantInstance;

/** A new server rehearses, and its database and its metrics know nothing of it. */
class RehearsalIT {
  private static final Pattern OVER =
      Pattern.compile("KVANT-1020 .* for \\d+ s with (\\d+) records");

  @Test
  void nothingIsLeftOfARehearsal() throws Exception {
    try (KvantInstance kvant =
        KvantInstance.start("rehearsal", Map.of("kvant.warmup.seconds", "10"))) {
      Waiting.until("the end of the rehearsal", () -> log(kvant).contains("KVANT-1020"));
      MatchResult over = OVER.matcher(log(kvant)).results().findFirst().orElseThrow();
      assertThat(Integer.parseInt(over.group(1))).isPositive();
      assertThat(log(kvant)).doesNotContain(" ERROR ", "KVANT-1021");
      try (Connection connection = kvant.connect()) {
        for (String table : new String[] {"reading", "device_session", "device_state", "outbox"}) {
          assertThat(one(connection, "select count(*) from " + table)).as(table).isEqualTo("0");
        }
        for (String sequence : new String[] {"device_session_id", "ingest_batch_id"}) {
          assertThat(one(connection, "select is_called from " + sequence)).isEqualTo("f");
        }
        assertThat(
                one(
                    connection,
                    "select string_agg(nspname, ' ') from pg_namespace where nspname like 'kvant%'"))
            .isNull();
      }
      assertThat(metrics(kvant))
          .contains("kvant_frames_total{type=\"hello\"} 0.0", "kvant_sessions_open 0.0")
          .contains("kvant_records_total{outcome=\"stored\"} 0.0");
    }
  }

  private static String log(KvantInstance kvant) throws java.io.IOException {
    return Files.readString(kvant.log());
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static String metrics(KvantInstance kvant) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(kvant.url() + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
