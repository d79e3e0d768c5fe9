package org.kvantenergo.benchmark.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kvantenergo.benchmark.Database;

class BareInsertTest {

  private static final BareInsert.Watch NOBODY = new BareInsert.Watch() {};
  private static final Duration MOMENT = Duration.ofMillis(100);

  private static final String NEWEST_OF_ALL =
      """
      select count(*) from bare.device_state s
      where (s.module_time, s.record_number) <> (
        select r.module_time, r.record_number from bare.reading r where r.device_id = s.device_id
        order by 1 desc, 2 desc limit 1)
      """;

  @ParameterizedTest
  @CsvSource({"UNNEST, 1, 7", "UNNEST, 3, 12", "COPY, 1, 7", "COPY, 3, 12"})
  void whatItSaysIsWhatIsThere(Way way, int records, int batch) throws Exception {
    Database database = Database.create();
    try (BareSchema schema = BareSchema.make(database::open, Clock.systemUTC(), 20)) {
      assertThat(schema).isNotNull();
      BareInsert insert = new BareInsert(database::open, Clock.systemUTC(), 20, records);
      Point point = new Point(batch, 2, way);
      assertThat(insert.possible(point)).isEqualTo(point);
      List<String> marks = new ArrayList<>();
      BareInsert.Watch watch =
          new BareInsert.Watch() {
            @Override
            public void begins() {
              marks.add("begins");
            }

            @Override
            public void ends() {
              marks.add("ends");
            }
          };
      Figures figures = insert.measure(point, MOMENT, MOMENT, watch);
      assertThat(marks).containsExactly("begins", "ends");
      assertThat(figures.records()).isLessThanOrEqualTo(insert.stored());
      assertThat(figures.seconds()).isGreaterThanOrEqualTo(0.1);
      assertThat(insert.stored()).isPositive().satisfies(n -> assertThat(n % batch).isZero());
      assertThat(database.rows("select count(*) from bare.reading"))
          .containsExactly(Long.toString(insert.stored()));
      assertThat(database.rows("select count(distinct batch_id) from bare.reading"))
          .containsExactly(Long.toString(insert.stored() / batch));
      assertThat(
              database
                  .rows("select count(*) from bare.device_state")
                  .equals(database.rows("select count(distinct device_id) from bare.reading")))
          .isTrue();
      assertThat(database.rows(NEWEST_OF_ALL)).containsExactly("0");
      schema.clear();
      assertThat(database.rows("select count(*) from bare.reading")).containsExactly("0");
    }
  }

  @Test
  void aConnectionThatFailsEndsTheMeasuring() throws SQLException {
    Database database = Database.create();
    BareInsert insert = new BareInsert(database::open, Clock.systemUTC(), 20, 1);
    assertThatThrownBy(() -> insert.measure(new Point(1, 2, Way.COPY), MOMENT, MOMENT, NOBODY))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("\"bare\"");
  }

  @Test
  void noMoreThanOneFrameOfEachDevice() {
    BareInsert one = new BareInsert(null, null, 1000, 1);
    assertThat(one.possible(new Point(4096, 4, Way.COPY))).isEqualTo(new Point(250, 4, Way.COPY));
    BareInsert many = new BareInsert(null, null, 100, 64);
    assertThat(many.possible(new Point(1000, 2, Way.UNNEST)))
        .isEqualTo(new Point(960, 2, Way.UNNEST));
    assertThat(many.possible(new Point(1, 1000, Way.UNNEST)))
        .isEqualTo(new Point(64, 100, Way.UNNEST));
  }

  @Test
  void aSweepTriesEachPossiblePointOnce() {
    assertThat(Sweep.points(new BareInsert(null, null, 300, 1)))
        .filteredOn(point -> point.way() == Way.COPY)
        .isEqualTo(
            List.of(
                new Point(64, 1, Way.COPY),
                new Point(256, 1, Way.COPY),
                new Point(300, 1, Way.COPY),
                new Point(64, 2, Way.COPY),
                new Point(150, 2, Way.COPY),
                new Point(64, 4, Way.COPY),
                new Point(75, 4, Way.COPY),
                new Point(37, 8, Way.COPY)));
  }

  @Test
  void rangesAreChecked() {
    assertThatThrownBy(() -> new BareInsert(null, null, 1, 65))
        .hasMessage("records out of 1..64: 65");
    assertThatThrownBy(() -> new BareInsert(null, null, 0, 1)).hasMessage("devices below 1: 0");
    assertThatThrownBy(() -> new Point(0, 1, Way.COPY)).hasMessage("0 records on 1 connections");
  }
}
