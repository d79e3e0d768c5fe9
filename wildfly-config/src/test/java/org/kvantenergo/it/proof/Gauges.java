package org.kvantenergo.it.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.launcher.Vitals;

/** What a server holds at a moment, and what waits in it. One thread. */
final class Gauges implements AutoCloseable {
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(kvant_lane_waiting|kvant_sessions_open)(?:\\{.*?})? (\\S+)$");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String DATABASE =
      """
      select (select count(*) from pg_stat_activity where datname = current_database()
          and backend_type = 'client backend' and pid <> pg_backend_pid()) as connections,
        (select count(*) from outbox) + (select given - published from event_relay) as events,
        (select count(*) from ingest_failed where stored_at is null) as aside,
        (select count(*) from command where state in ('QUEUED', 'LEASED')) as commands,
        (select count(*) from session_takeover) as takeovers,
        (select count(*) from device) + (select count(*) from device_state) as devices,
        (pg_total_relation_size('device_state') + pg_total_relation_size('outbox')
          + pg_total_relation_size('event_relay')) / 1e6 as rewritten
      """;

  private final KvantInstance kvant;
  private final Vitals vitals;
  private final Connection connection;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * A figure that stays the same under a load that stays the same.
   *
   * <p>The slack is what it may have risen from the middle of a soak to its end, however long that
   * is. Where the figure follows what the load has under way, it is all that this can be: a machine
   * that gets slower in the middle is no leak, and a file lost in each session is ten times as many
   * within a minute.
   */
  enum Sign {
    /** In use after a full collection. */
    HEAP("heap MB", 12),
    THREADS("threads", 16),
    /** Files and sockets: those of sessions and of the pool among them. */
    DESCRIPTORS("descriptors", MixedLoad.SESSIONS + 32),
    /** All that the server has. */
    CONNECTIONS("database connections", 12),
    SESSIONS("open sessions", MixedLoad.SESSIONS),
    /** Records and packets in the adapter. */
    QUEUES("waiting in lanes", MixedLoad.SESSIONS + ProofExtension.BLOCKS),
    /** In the outbox or without the broker's word. */
    EVENTS("events not told", 300),
    /** Set aside and not stored. */
    ASIDE("frames set aside", 0),
    COMMANDS("commands not answered", MixedLoad.ORDERS),
    TAKEOVERS("take-overs not noticed", 0),
    /** Rows of device and device_state: nobody is new. */
    DEVICES("rows of devices", 0),
    /** Tables whose rows come and go: what is dead in them is used again. */
    REWRITTEN("rewritten tables MB", 8);

    private final String title;
    private final double slack;

    Sign(String title, double slack) {
      this.title = title;
      this.slack = slack;
    }

    String title() {
      return title;
    }

    double slack() {
      return slack;
    }
  }

  Gauges(KvantInstance kvant) throws IOException, SQLException {
    this.kvant = kvant;
    this.vitals = new Vitals(kvant.serverProcess());
    this.connection = kvant.connect();
  }

  /** For the questions of others on the same thread. */
  Connection connection() {
    return connection;
  }

  Map<Sign, Double> look() throws IOException, InterruptedException, SQLException {
    Map<Sign, Double> signs = new EnumMap<>(Sign.class);
    // Before the collection: it holds the lanes up.
    lookAtMetrics(signs);
    lookAtDatabase(signs);
    Vitals.Signs process = vitals.look();
    signs.put(Sign.HEAP, (double) process.heap());
    signs.put(Sign.THREADS, (double) process.threads());
    signs.put(Sign.DESCRIPTORS, (double) process.descriptors());
    return signs;
  }

  private void lookAtMetrics(Map<Sign, Double> signs) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(kvant.url() + "/metrics")).timeout(PATIENCE).build();
    Matcher sample = SAMPLE.matcher(client.send(request, BodyHandlers.ofString()).body());
    while (sample.find()) {
      Sign sign = sample.group(1).equals("kvant_sessions_open") ? Sign.SESSIONS : Sign.QUEUES;
      signs.merge(sign, Double.valueOf(sample.group(2)), Double::sum);
    }
  }

  private void lookAtDatabase(Map<Sign, Double> signs) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DATABASE)) {
      row.next();
      signs.put(Sign.CONNECTIONS, row.getDouble("connections"));
      signs.put(Sign.EVENTS, row.getDouble("events"));
      signs.put(Sign.ASIDE, row.getDouble("aside"));
      signs.put(Sign.COMMANDS, row.getDouble("commands"));
      signs.put(Sign.TAKEOVERS, row.getDouble("takeovers"));
      signs.put(Sign.DEVICES, row.getDouble("devices"));
      signs.put(Sign.REWRITTEN, row.getDouble("rewritten"));
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
    vitals.close();
  }
}
