package org.kvantenergo.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.health.Finding;
import org.kvantenergo.reading.ArchivePartitions;

class DatabaseLookTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  private final TestDatabase database = TestDatabase.create();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ArchivePartitions partitions =
      new ArchivePartitions() {
        @Override
        public int ensureAhead() {
          throw new AssertionError("a look changes nothing");
        }

        @Override
        public LocalDate madeUntil() {
          return LocalDate.parse("2027-03-01");
        }
      };

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private DatabaseLook look(DataSource dataSource, Duration patience) {
    return new DatabaseLook(dataSource, partitions, patience, threads);
  }

  /** A datasource that does something of its own first. */
  private DataSource after(Runnable before) {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              before.run();
              return database.plain().getConnection();
            });
  }

  @Test
  void aDatabaseThatAnswersIsWell() {
    DatabaseLook look = look(database.plain(), LONG);
    assertThat(look.madeUntil()).isEmpty();
    assertThat(look.look()).isEqualTo(Finding.well("answers and takes writes"));
    assertThat(look.madeUntil()).contains(LocalDate.parse("2027-03-01"));
  }

  @Test
  void aStandbyIsNot() throws SQLException {
    String name = database.value("select current_database()");
    database.execute("alter database " + name + " set default_transaction_read_only to on");
    assertThat(look(database.plain(), LONG).look())
        .isEqualTo(Finding.ill("it takes no writes: is it a standby?"));
  }

  @Test
  void whatTheDriverSaysIsTheReason() {
    DatabaseLook look =
        look(
            after(
                () -> {
                  throw new IllegalStateException("no managed connections available");
                }),
            LONG);
    assertThat(look.look()).isEqualTo(Finding.ill("no managed connections available"));
  }

  @Test
  void whoeverAsksWaitsForTheOneLookThatIsUnderWayAndNotForLong() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    AtomicInteger connections = new AtomicInteger();
    DatabaseLook look =
        look(
            after(
                () -> {
                  connections.incrementAndGet();
                  await(hanging);
                }),
            Duration.ofMillis(50));
    List<Future<Finding>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(threads.submit(look::look));
    }
    for (Future<Finding> each : asked) {
      assertThat(each.get()).isEqualTo(Finding.ill("no answer within 50 ms"));
    }
    assertThat(connections).hasValue(1);

    hanging.countDown();
    DatabaseLook patient = look(after(() -> await(hanging)), LONG);
    assertThat(patient.look().well()).isTrue();
  }

  @Test
  void itComesBackByItself() {
    AtomicInteger away = new AtomicInteger(1);
    DatabaseLook look =
        look(
            after(
                () -> {
                  if (away.getAndDecrement() > 0) {
                    throw new IllegalStateException("connection refused");
                  }
                }),
            LONG);
    assertThat(look.look()).isEqualTo(Finding.ill("connection refused"));
    assertThat(look.look().well()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
