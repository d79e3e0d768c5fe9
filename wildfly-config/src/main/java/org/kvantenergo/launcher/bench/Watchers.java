package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.DatabaseCheck;

/** People with the monitoring page open, each at another part of the fleet. */
final class Watchers implements AutoCloseable {

  private static final String FLEET =
      "select id, (select count(*) from device d where d.group_id = g.id) from device_group g"
          + " where g.name = '642M_DEMO'";

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

  /** What they saw, once the pages have what they were told of. */
  Map<Quantity, Double> seen() throws IOException, SQLException, InterruptedException {
    long end = System.nanoTime() + LONGEST_NANOS;
    for (PageWatcher watcher : watchers) {
      watcher.awaitCalm(end);
    }
    Seen seen = new Seen();
    for (PageWatcher watcher : watchers) {
      watcher.addTo(seen);
    }
    return seen.values(address, since);
  }

  @Override
  public void close() {
    watchers.forEach(PageWatcher::close);
  }
}
