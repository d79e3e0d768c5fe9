package org.kvantenergo.event.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.event.Event.ReadingsStored;
import org.kvantenergo.event.Event.SessionsChanged;
import org.kvantenergo.event.internal.OutboxRelay.Outcome;
import org.kvantenergo.shared.DeviceId;

class OutboxTest {

  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  private TestDatabase database;
  private final Broker broker = new Broker();
  private final List<Synchronization> synchronizations = new ArrayList<>();
  private final CountingTrigger trigger = new CountingTrigger();

  @BeforeEach
  void open() {
    database = TestDatabase.create();
  }

  @Test
  void writesInTheCallersTransactionAndWakesAfterItsCommit() throws Exception {
    database.inTransaction(
        () -> {
          append(7);
          assertThat(database.value("select count(*) from outbox")).isEqualTo("0");
          return null;
        });
    assertThat(database.value("select kind || ' ' || body from outbox"))
        .isEqualTo("READINGS_STORED {\"devices\": [7]}");
    assertThat(trigger.wakes).isZero();
    synchronizations.get(0).afterCompletion(Status.STATUS_ROLLEDBACK);
    assertThat(trigger.wakes).isZero();
    synchronizations.get(0).afterCompletion(Status.STATUS_COMMITTED);
    assertThat(trigger.wakes).isEqualTo(1);
  }

  @Test
  void nothingHappenedIsNotWritten() throws Exception {
    outbox().append(List.of());
    assertThat(database.value("select count(*) from outbox")).isEqualTo("0");
    assertThat(synchronizations).isEmpty();
  }

  @Test
  void whatWaitsIsMergedGivenCursorsAndSentOnce() throws Exception {
    outbox()
        .append(
            List.of(
                new ReadingsStored(List.of(new DeviceId(1))),
                new SessionsChanged(List.of(new DeviceId(2)))));
    append(3);
    assertThat(publish()).isEqualTo(Outcome.NOTHING);
    assertThat(stage(NOW)).isEqualTo(Outcome.SOME);
    assertThat(publish()).isEqualTo(Outcome.SOME);
    assertThat(stage(NOW)).isEqualTo(Outcome.NOTHING);
    assertThat(publish()).isEqualTo(Outcome.NOTHING);
    assertThat(broker.taken)
        .containsExactly(
            new LoggedEvent(1, NOW, "READINGS_STORED", "{\"devices\": [1, 3]}"),
            new LoggedEvent(2, NOW, "SESSIONS_CHANGED", "{\"devices\": [2]}"));
    assertThat(database.value("select count(*) from outbox")).isEqualTo("0");
    assertThat(database.value("select given || ' ' || published from event_relay"))
        .isEqualTo("2 2");
  }

  @Test
  void whatTheBrokerRefusedIsSentAgainUnchanged() throws Exception {
    append(1);
    stage(NOW);
    broker.down = true;
    assertThatThrownBy(this::publish).isInstanceOf(BrokerException.class);
    append(2);
    broker.down = false;
    assertThat(publish()).isEqualTo(Outcome.SOME);
    assertThat(stage(NOW)).isEqualTo(Outcome.SOME);
    assertThat(publish()).isEqualTo(Outcome.SOME);
    assertThat(broker.taken)
        .containsExactly(
            new LoggedEvent(1, NOW, "READINGS_STORED", "{\"devices\": [1]}"),
            new LoggedEvent(2, NOW, "READINGS_STORED", "{\"devices\": [2]}"));
    assertThat(broker.installations).hasSize(2).containsOnly(broker.installations.get(0));
  }

  @Test
  void oneIsAtItAtATime() throws Exception {
    append(1);
    database.inTransaction(
        () -> {
          assertThat(relay(NOW).stage()).isEqualTo(Outcome.SOME);
          // Another node, on a connection of its own.
          OutboxRelay other =
              new OutboxRelay(database.plain(), broker, Clock.fixed(NOW, ZoneOffset.UTC));
          assertThat(other.stage()).isEqualTo(Outcome.BUSY);
          assertThat(other.publish()).isEqualTo(Outcome.BUSY);
          return null;
        });
    assertThat(publish()).isEqualTo(Outcome.SOME);
  }

  @Test
  void logForgetsAfterAWeek() throws Exception {
    append(1);
    stage(NOW);
    publish();
    append(2);
    stage(NOW.plus(Duration.ofDays(7)));
    publish();
    assertThat(database.value("select string_agg(cursor::text, ',') from event_log"))
        .isEqualTo("1,2");
    append(3);
    stage(NOW.plus(Duration.ofDays(7)).plusMillis(1));
    assertThat(
            database.value("select string_agg(cursor::text, ',' order by cursor) from event_log"))
        .isEqualTo("2,3");
  }

  private void append(long device) {
    outbox().append(List.of(new ReadingsStored(List.of(new DeviceId(device)))));
  }

  private OutboxBean outbox() {
    return new OutboxBean(database.dataSource(), registry(), trigger);
  }

  private Outcome stage(Instant now) throws Exception {
    return database.inTransaction(() -> relay(now).stage());
  }

  private Outcome publish() throws Exception {
    return database.inTransaction(() -> relay(NOW).publish());
  }

  private OutboxRelay relay(Instant now) {
    return new OutboxRelay(database.dataSource(), broker, Clock.fixed(now, ZoneOffset.UTC));
  }

  private TransactionSynchronizationRegistry registry() {
    return (TransactionSynchronizationRegistry)
        Proxy.newProxyInstance(
            OutboxTest.class.getClassLoader(),
            new Class<?>[] {TransactionSynchronizationRegistry.class},
            (proxy, method, args) -> {
              assertThat(method.getName()).isEqualTo("registerInterposedSynchronization");
              synchronizations.add((Synchronization) args[0]);
              return null;
            });
  }

  private static final class CountingTrigger extends RelayTrigger {

    private int wakes;

    @Override
    public void wake() {
      wakes++;
    }
  }

  /** What lies outside; the real one is met by the deployed tests. */
  private static final class Broker implements EventSender {

    private final List<LoggedEvent> taken = new ArrayList<>();
    private final List<UUID> installations = new ArrayList<>();
    private boolean down;

    @Override
    public void send(UUID installation, List<LoggedEvent> events) {
      if (down) {
        throw new BrokerException(new IllegalStateException("down"));
      }
      installations.add(installation);
      taken.addAll(events);
    }
  }
}
