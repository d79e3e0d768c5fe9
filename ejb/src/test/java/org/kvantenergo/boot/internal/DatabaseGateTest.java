package org.kvantenergo.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseGateTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void aDatabaseThatIsStartingIsWaitedFor() {
    DataSource late =
        answeringAfter(3, new SQLException("the database system is starting up", "57P03"));
    assertThatCode(() -> gate(late, LONG).pass()).doesNotThrowAnyException();
    assertThat(asked).as("three refusals, the version, the settings").hasValue(5);
  }

  @Test
  void aWrongPasswordIsNot() {
    DataSource refusing =
        answeringAfter(
            3,
            new SQLException(
                "IJ031084: Unable to create connection",
                new SQLException("password authentication failed for user \"kvant\"", "28P01")));
    assertThatThrownBy(() -> gate(refusing, LONG).pass())
        .hasMessage(
            "KVANT-2002 The database cannot be used (password authentication failed for user"
                + " \"kvant\"): start it or set its address, then start the server again");
    assertThat(asked).hasValue(1);
  }

  @Test
  void settingsThatLoseDataAreNamed() throws Exception {
    TestDatabase database = TestDatabase.create();
    assertThat(gate(database.plain(), LONG).switchedOff())
        .as("the tests' own server is made to be thrown away")
        .isEqualTo("fsync, synchronous_commit");
    database.execute(
        "do $$ begin execute format('alter database %I set synchronous_commit = on',"
            + " current_database()); end $$");
    assertThat(gate(database.plain(), LONG).switchedOff()).isEqualTo("fsync");
  }

  @Test
  void patienceEndsWithOneLine() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});
    assertThatThrownBy(() -> gate(nowhere, Duration.ofMillis(50)).pass())
        .hasMessageStartingWith(
            "KVANT-2002 The database cannot be used (Connection to 127.0.0.1:1 refused.")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private static DatabaseGate gate(DataSource dataSource, Duration patience) {
    return new DatabaseGate(dataSource, Clock.systemUTC(), patience, Duration.ofMillis(1));
  }

  private DataSource answeringAfter(int failures, SQLException failure) {
    DataSource real = TestDatabase.create().plain();
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> {
              if (asked.getAndIncrement() < failures) {
                throw failure;
              }
              return method.invoke(real, args);
            });
  }
}
