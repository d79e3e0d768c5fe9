package org.kvantenergo.metrics.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.kvantenergo.shared.WatchedNumber;

/** The gauges of what the database knows, as it was when it was last asked. */
final class Watch implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 2;

  private final DataSource dataSource;
  private final MeterRegistry registry;
  private final Map<WatchedNumber, Double> numbers = new LinkedHashMap<>();
  private final List<Meter> gauges = new ArrayList<>();

  Watch(DataSource dataSource, MeterRegistry registry, Iterable<WatchedNumber> watched) {
    this.dataSource = dataSource;
    this.registry = registry;
    for (WatchedNumber number : watched) {
      numbers.put(number, Double.NaN);
      gauges.add(
          Gauge.builder(number.name(), () -> known(number))
              .description(number.help())
              .register(registry));
    }
  }

  /**
   * Asks for all of them on one connection. What cannot be had is unknown (NaN) until the next
   * time: an old number would look like a good one.
   */
  void look() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      for (WatchedNumber number : watched()) {
        learn(number, ask(statement, number));
      }
    } catch (SQLException e) {
      watched().forEach(number -> learn(number, Double.NaN));
    }
  }

  private static double ask(Statement statement, WatchedNumber number) {
    try (ResultSet row = statement.executeQuery(number.sql())) {
      row.next();
      return row.getDouble(1);
    } catch (SQLException e) {
      return Double.NaN;
    }
  }

  private synchronized List<WatchedNumber> watched() {
    return List.copyOf(numbers.keySet());
  }

  private synchronized void learn(WatchedNumber number, double value) {
    numbers.put(number, value);
  }

  private synchronized double known(WatchedNumber number) {
    return numbers.get(number);
  }

  @Override
  public void close() {
    gauges.forEach(registry::remove);
  }
}
