package org.kvantenergo.reading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.shared.DatabaseException;

class SqlArchivePartitionsTest {

  private final TestDatabase database = TestDatabase.create();

  @Test
  void yearsForThePastAndMonthsFromLastYearOn() throws Exception {
    assertThat(ensureAhead("2021-02-15T12:00:00Z")).isEqualTo(5 + 12 + 5);

    assertThat(partitions())
        .isEqualTo(
            "reading_2015,reading_2016,reading_2017,reading_2018,reading_2019,reading_2020_01,"
                + "reading_2020_02,reading_2020_03,reading_2020_04,reading_2020_05,reading_2020_06,"
                + "reading_2020_07,reading_2020_08,reading_2020_09,reading_2020_10,reading_2020_11,"
                + "reading_2020_12,reading_2021_01,reading_2021_02,reading_2021_03,reading_2021_04,"
                + "reading_2021_05,reading_after,reading_before_2015");
    assertThat(madeUntil()).isEqualTo("2021-06-01");
    assertThat(ensureAhead("2021-02-28T23:59:59Z")).as("nothing to do").isZero();
    assertThat(ensureAhead("2021-03-01T00:00:00Z")).as("a month later").isEqualTo(1);
  }

  private String madeUntil() throws Exception {
    SqlArchivePartitions archive =
        new SqlArchivePartitions(database.dataSource(), Clock.systemUTC());
    return database.inTransaction(() -> archive.madeUntil().toString());
  }

  @Test
  void whatLiesInTheCatchAllMovesIntoItsMonth() throws Exception {
    ensureAhead("2021-02-15T12:00:00Z");
    insert(1, "2021-06-01T00:00:00Z");
    insert(2, "2021-07-31T23:59:59Z");
    insert(3, "2021-08-01T00:00:00Z");
    insert(4, "2106-02-07T06:28:15Z");
    assertThat(where(1)).isEqualTo("reading_after");

    assertThat(ensureAhead("2021-04-01T00:00:00Z")).isEqualTo(2);

    assertThat(where(1)).isEqualTo("reading_2021_06");
    assertThat(where(2)).isEqualTo("reading_2021_07");
    assertThat(where(3)).isEqualTo("reading_after");
    assertThat(where(4)).isEqualTo("reading_after");
    assertThat(database.value("select count(*) from reading")).isEqualTo("4");
  }

  @Test
  void boundsDoNotDependOnTheZoneOfTheSession() throws Exception {
    database.execute(
        "alter database "
            + database.value("select current_database()")
            + " set timezone to 'Asia/Vladivostok'");
    ensureAhead("2021-02-15T12:00:00Z");
    ensureAhead("2021-03-15T12:00:00Z");
    insert(1, "2021-01-31T23:59:59Z");
    insert(2, "2021-02-01T00:00:00Z");
    assertThat(where(1)).isEqualTo("reading_2021_01");
    assertThat(where(2)).isEqualTo("reading_2021_02");
  }

  @Test
  void nodesThatStartTogetherTakeTurns() throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      Callable<Integer> node = () -> ensureAhead("2021-02-15T12:00:00Z");
      int made = 0;
      for (Future<Integer> answer : nodes.invokeAll(Collections.nCopies(4, node))) {
        made += answer.get();
      }
      assertThat(made).isEqualTo(22);
    } finally {
      nodes.shutdown();
    }
  }

  @Test
  void whoReadsForLongIsNotWaitedFor() throws Exception {
    try (Connection backup = database.plain().getConnection();
        Statement statement = backup.createStatement()) {
      backup.setAutoCommit(false);
      statement.execute("lock table reading in access share mode");
      assertThatThrownBy(() -> ensureAhead("2021-02-15T12:00:00Z"))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("lock timeout");
      insert(1, "2021-02-15T12:00:00Z");
      assertThat(where(1)).as("nothing is lost meanwhile").isEqualTo("reading_after");
      backup.rollback();
    }
    assertThat(ensureAhead("2021-02-15T12:00:00Z")).isEqualTo(22);
    assertThat(where(1)).isEqualTo("reading_2021_02");
  }

  private int ensureAhead(String now) throws Exception {
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    return database.inTransaction(
        () -> new SqlArchivePartitions(database.dataSource(), clock).ensureAhead());
  }

  private void insert(int number, String moduleTime) throws SQLException {
    database.execute(
        """
        insert into reading values (1, '%s', %d, 0, now(), now(), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
          0, 0, 0, 0, 0, null)
        """
            .formatted(moduleTime, number));
  }

  private String where(int number) throws SQLException {
    return database.value("select tableoid::regclass from reading where record_number = " + number);
  }

  private String partitions() throws SQLException {
    return database.value(
        """
        select string_agg(inhrelid::regclass::text, ',' order by inhrelid::regclass::text collate "C")
        from pg_inherits where inhparent = 'reading'::regclass
        """);
  }
}
