package org.kvantenergo.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.internal.DeviceNumbers;
import org.kvantenergo.event.internal.EventNumbers;
import org.kvantenergo.setaside.internal.SetAsideNumbers;
import org.kvantenergo.shared.WatchedNumber;

class WatchTest {

  private final TestDatabase database = TestDatabase.create();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicBoolean away = new AtomicBoolean();

  private DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              if (away.get()) {
                throw new SQLException("connection refused", "08001");
              }
              return database.plain().getConnection();
            });
  }

  private double value(String name) {
    return registry.get(name).gauge().value();
  }

  @Test
  void anEmptySystemHasNothingThatWaits() throws SQLException {
    try (Watch watch = watchAll()) {
      assertThat(value("kvant.outbox.waiting")).isNaN();
      watch.look();
      assertThat(value("kvant.outbox.waiting")).isZero();
      assertThat(value("kvant.relay.lag.seconds")).isZero();
      assertThat(value("kvant.setaside.waiting")).isZero();
      assertThat(value("kvant.devices.unknown")).isZero();
    }
  }

  @Test
  void whatWaitsIsCountedAndAged() throws SQLException {
    database.execute(
        """
        insert into outbox (created_at, kind, body)
        select now() - interval '5 minutes', 'X', '{}' from generate_series(1, 3)
        """);
    database.execute(
        """
        insert into event_log (cursor, logged_at, kind, body) values
        (1, now() - interval '2 hours', 'X', '{}'), (2, now() - interval '1 hour', 'X', '{}')
        """);
    database.execute("update event_relay set given = 2, published = 1");
    database.execute(
        """
        insert into device (kind, serial, imei, model, state)
        select 'MODULE', n, 0, 642, 'UNREGISTERED' from generate_series(1, 4) n
        """);
    try (Watch watch = watchAll()) {
      watch.look();
      assertThat(value("kvant.outbox.waiting")).isEqualTo(4);
      assertThat(value("kvant.relay.lag.seconds")).isBetween(3600.0, 7000.0);
      assertThat(value("kvant.devices.unknown")).isEqualTo(4);
    }
  }

  @Test
  void whatCannotBeHadIsUnknownAndComesBack() {
    WatchedNumber one = new WatchedNumber("one", "One", "select 1");
    WatchedNumber broken = new WatchedNumber("broken", "None", "select 1 from no_such_table");
    WatchedNumber two = new WatchedNumber("two", "Two", "select 2");
    try (Watch watch = new Watch(dataSource(), registry, List.of(one, broken, two))) {
      watch.look();
      assertThat(value("one")).isEqualTo(1);
      assertThat(value("broken")).isNaN();
      assertThat(value("two")).isEqualTo(2);
      away.set(true);
      watch.look();
      assertThat(value("one")).isNaN();
      assertThat(value("two")).isNaN();
      away.set(false);
      watch.look();
      assertThat(value("two")).isEqualTo(2);
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  private Watch watchAll() {
    EventNumbers events = new EventNumbers();
    return new Watch(
        dataSource(),
        registry,
        List.of(
            events.waiting(),
            events.lag(),
            new SetAsideNumbers().waiting(),
            new DeviceNumbers().unknown()));
  }
}
