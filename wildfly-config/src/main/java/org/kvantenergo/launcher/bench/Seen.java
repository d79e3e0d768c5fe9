package org.kvantenergo.launcher.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.DatabaseCheck;

/** What all who watched saw. One thread at a time. */
final class Seen {

  private static final String RECEIVED =
      "select device_id, received_at from device_state where device_id = any(?) and received_at > ?";

  private final List<Double> millis = new ArrayList<>();
  private final List<View> views = new ArrayList<>();
  private final List<Double> bytes = new ArrayList<>();
  private int nudges;

  /**
   * A page.
   *
   * @param shown devices, by id
   * @param fresh when it had first what was new of a device
   */
  private record View(Set<String> shown, Map<Long, Instant> fresh) {}

  /**
   * One page more.
   *
   * @param nudges how many came
   * @param requests how long its requests for rows took; ms
   * @param sizes of their answers; bytes
   * @param shown devices, by id
   * @param fresh when it had first what was new of a device
   */
  void add(
      int nudges,
      List<Double> requests,
      List<Double> sizes,
      Set<String> shown,
      Map<Long, Instant> fresh) {
    this.nudges += nudges;
    millis.addAll(requests);
    bytes.addAll(sizes);
    views.add(new View(Set.copyOf(shown), Map.copyOf(fresh)));
  }

  /**
   * The figures.
   *
   * @param since devices that reported before are nobody's news
   */
  Map<Quantity, Double> values(DatabaseAddress address, Instant since) throws SQLException {
    Map<Quantity, Double> values = requests(nudges, millis);
    Map<Long, Instant> received = received(address, since);
    List<Double> waits = new ArrayList<>();
    int unseen = 0;
    for (View view : views) {
      for (String id : view.shown) {
        long device = Long.parseLong(id);
        Instant came = received.get(device);
        Instant shown = view.fresh.get(device);
        if (came != null && shown != null) {
          waits.add(Duration.between(came, shown).toNanos() / 1e6);
        } else if (came != null) {
          unseen++;
        }
      }
    }
    values.put(Quantity.WATCHERS, (double) views.size());
    values.put(Quantity.UNSEEN, (double) unseen);
    bytes.stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .ifPresent(mean -> values.put(Quantity.PAGE_BYTES, mean));
    put(values, waits, Quantity.PUSH_P50, Quantity.PUSH_P99, Quantity.PUSH_MAX);
    return values;
  }

  private Map<Long, Instant> received(DatabaseAddress address, Instant since) throws SQLException {
    long[] devices =
        views.stream()
            .flatMap(v -> v.shown.stream())
            .mapToLong(Long::parseLong)
            .distinct()
            .toArray();
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

  static Map<Quantity, Double> requests(int nudges, List<Double> millis) {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    values.put(Quantity.NUDGES, (double) nudges);
    values.put(Quantity.PAGE_REQUESTS, (double) millis.size());
    put(values, millis, Quantity.PAGE_P50, Quantity.PAGE_P99, Quantity.PAGE_MAX);
    return values;
  }

  /** Nothing where nothing was measured. */
  private static void put(
      Map<Quantity, Double> values, List<Double> all, Quantity p50, Quantity p99, Quantity max) {
    if (!all.isEmpty()) {
      List<Double> sorted = new ArrayList<>(all);
      Collections.sort(sorted);
      values.put(p50, percentile(sorted, 0.5));
      values.put(p99, percentile(sorted, 0.99));
      values.put(max, sorted.get(sorted.size() - 1));
    }
  }

  /** The least of which a share of all is no greater. */
  private static double percentile(List<Double> sorted, double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
