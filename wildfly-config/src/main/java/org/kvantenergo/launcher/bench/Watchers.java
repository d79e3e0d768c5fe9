package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.DatabaseCheck;

/** People with the monitoring page open, each at another part of the fleet. */
final class Watchers implements AutoCloseable {

  private static final String FLEET =
      "select id, (select count(*) from device d where d.group_id = g.id) from device_group g"
          + " where g.name = '642M_DEMO'";

  private static final String RECEIVED =
      "select device_id, received_at from device_state where device_id = any(?) and received_at > ?";

  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final List<PageWatcher> watchers = new ArrayList<>();
  private final DatabaseAddress address;
  private final Instant since = Instant.now();

  private Watchers(DatabaseAddress address) {
    this.address = address;
  }

  /** Opens pages, one after the other. */
  static Watchers open(Stage stage, int count)
      throws IOException, InterruptedException, SQLException {
    Watchers all = new Watchers(stage.address());
    try (Connection connection = DatabaseCheck.connect(stage.address());
        Statement statement = connection.createStatement();
        ResultSet fleet = statement.executeQuery(FLEET)) {
      fleet.next();
      for (int i = 0; i < count; i++) {
        long first = fleet.getLong(2) / count * i;
        all.watchers.add(PageWatcher.open(stage.url(), fleet.getLong(1), first));
      }
      return all;
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** What they saw, once the pages have heard of the devices that they show. */
  Map<Quantity, Double> seen() throws IOException, SQLException, InterruptedException {
    Map<Long, Instant> received = received();
    long end = System.nanoTime() + LONGEST_NANOS;
    Seen seen = new Seen();
    for (PageWatcher watcher : watchers) {
      watcher.await(received, end);
      watcher.addTo(seen);
    }
    return seen.values(received);
  }

  /** When devices that are shown reported; what they reported before is nobody's news. */
  private Map<Long, Instant> received() throws SQLException {
    long[] devices =
        watchers.stream().flatMap(w -> w.shown().stream()).mapToLong(Long::longValue).toArray();
    Map<Long, Instant> received = new HashMap<>();
    try (Connection connection = DatabaseCheck.connect(address);
        PreparedStatement statement = connection.prepareStatement(RECEIVED)) {
      statement.setObject(1, devices);
      statement.setObject(2, since.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          received.put(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
        }
      }
    }
    return received;
  }

  @Override
  public void close() {
    watchers.forEach(PageWatcher::close);
  }
}
