package org.kvantenergo.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteMap.Box;
import org.kvantenergo.registry.SiteMap.Fitted;
import org.kvantenergo.registry.SiteMap.Mark;
import org.kvantenergo.registry.SiteMap.State;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

class SqlSiteMapTest {

  private static final Scope OURS = new Scope(new OrganisationId(1), false);
  private static final Scope THEIRS = new Scope(new OrganisationId(2), false);
  private static final Instant NOW = Instant.parse("2026-02-15T12:00:00Z");
  private static final Box TOWN = new Box(47, 39, 48, 40);

  private final TestDatabase database = TestDatabase.create();
  private final SqlSiteMap map = new SqlSiteMap(database.dataSource());

  @BeforeEach
  void town() throws Exception {
    database.execute(
        """
        insert into organisation (name) values ('Наша'), ('Чужая');
        insert into site (id, organisation_id, kind, parent_id, parent_rank, name, address, zone, latitude, longitude)
          overriding system value values
          (1, 1, 'SETTLEMENT', null, null, 'Ростов', '', 'UTC', null, null),
          (2, 1, 'HOUSE', 1, 3, '1', '', 'UTC', 47.2, 39.2),
          (3, 1, 'FLAT', 2, 5, '10', '', 'UTC', null, null),
          (4, 1, 'FLAT', 2, 5, '11', '', 'UTC', 47.9, 39.9),
          (5, 1, 'HOUSE', 1, 3, '2', '', 'UTC', 47.200001, 39.200001),
          (6, 1, 'HOUSE', 1, 3, '3', '', 'UTC', 10, 20),
          (7, 2, 'HOUSE', null, null, '4', '', 'UTC', 47.5, 39.5);
        insert into device (id, organisation_id, kind, state, imei, serial, model) overriding system value
          select n, case n when 9 then 2 else 1 end, 'MODULE', 'REGISTERED', 0, n, 642
          from generate_series(1, 9) n;
        """);
    meter(1, 2, "2026-02-15T11:30:00Z", 3.6, 0, 0, 4097);
    meter(2, 3, "2026-02-15T09:59:59Z", 3.6, 0, 0, 4097);
    meter(3, 4, "2026-02-15T11:30:00Z", 3.6, 16, 8, 4097);
    meter(4, 5, "2026-02-15T11:30:00Z", 3.6, 0, 0, 20481);
    meter(9, 7, "2026-02-15T11:30:00Z", 3.1, 0, 0, 4097);
    database.execute(
        """
        insert into meter (id, organisation_id, resource, type, serial) overriding system value
          values (20, 1, 'COLD_WATER', 'x', '20');
        insert into meter_place values (20, 'COLD_WATER', 3, 'кухня', '[2026-01-01,)');
        """);
  }

  @Test
  void eachPlaceHasTheWorstOfWhatStandsThereAndBelow() {
    Box close = new Box(47.19, 39.19, 47.2000005, 39.2000005);
    assertThat(map.marks(OURS, close, NOW))
        .containsExactly(new Mark(47.2, 39.2, 1, 3, 2, State.WARN, new SiteId(2)));
    assertThat(map.marks(OURS, new Box(47.8, 39.8, 48, 40), NOW))
        .as("a flat with a place of its own is not the house's")
        .containsExactly(new Mark(47.9, 39.9, 1, 1, 1, State.DANGER, new SiteId(4)));
    assertThat(map.marks(OURS, new Box(9, 19, 11, 21), NOW))
        .containsExactly(new Mark(10, 20, 1, 0, 0, State.UNKNOWN, new SiteId(6)));
    assertThat(map.marks(OURS, close, Instant.parse("2026-02-15T12:00:00Z").plusSeconds(14_400)))
        .as("silent for six periods")
        .extracting(Mark::state)
        .containsExactly(State.DANGER);
    assertThat(map.marks(OURS, close, Instant.parse("2025-12-31T00:00:00Z")))
        .as("nothing stood there")
        .extracting(Mark::meters)
        .containsExactly(0L);
  }

  @Test
  void neighboursAreOneMarkFromAfarAndTwoFromNear() {
    List<Mark> far = map.marks(OURS, TOWN, NOW);
    assertThat(far)
        .extracting(Mark::sites, Mark::meters, Mark::modules, Mark::state, Mark::one)
        .containsExactly(
            tuple(2L, 4L, 3L, State.WARN, new SiteId(2)),
            tuple(1L, 1L, 1L, State.DANGER, new SiteId(4)));
    Box near = new Box(47.1999, 39.1999, 47.20001, 39.20001);
    assertThat(map.marks(OURS, near, NOW)).hasSize(1);
    Box nearest = new Box(47.199999, 39.199999, 47.200002, 39.200002);
    assertThat(map.marks(OURS, nearest, NOW))
        .extracting(Mark::state)
        .containsExactly(State.WARN, State.OPEN);
  }

  @Test
  void aWholeCountryIsNotMoreThanAScreenCanHold() throws Exception {
    database.execute(
        """
        insert into site (id, organisation_id, kind, name, address, zone, latitude, longitude)
          overriding system value
        select 100 + 80 * x + y, 1, 'HOUSE', x || '/' || y, '', 'UTC', 40 + x * 0.5, 20 + y * 0.5
        from generate_series(0, 79) x, generate_series(0, 79) y
        """);
    for (Box box : List.of(new Box(-85, -180, 85, 180), new Box(40, 20, 80, 60), TOWN)) {
      List<Mark> marks = map.marks(OURS, box, NOW);
      assertThat(marks).hasSizeBetween(1, 441);
    }
    assertThat(
            map.marks(OURS, new Box(-85, -180, 85, 180), NOW).stream().mapToLong(Mark::sites).sum())
        .isEqualTo(6404);
  }

  @Test
  void whatStandsAtAPlaceComesWorstFirst() {
    Page<Fitted> fitted = map.fitted(OURS, new SiteId(2), NOW, new Slice(0, 10));
    assertThat(fitted.total()).isEqualTo(3);
    assertThat(fitted.rows())
        .extracting(Fitted::address, Fitted::place, Fitted::serial, Fitted::device, Fitted::state)
        .containsExactly(
            tuple("Ростов, д. 1, кв. 10", "", "2", 2L, State.WARN),
            tuple("Ростов, д. 1", "", "1", 1L, State.OK),
            tuple("Ростов, д. 1, кв. 10", "кухня", "20", 0L, State.UNKNOWN));
  }

  @Test
  void nobodySeesPlacesThatAreNotTheirs() {
    assertThat(map.bounds(OURS)).contains(new Box(10, 20, 47.9, 39.9));
    assertThat(map.bounds(THEIRS)).contains(new Box(47.5, 39.5, 47.5, 39.5));
    assertThat(map.bounds(new Scope(new OrganisationId(77), false))).isEmpty();
    assertThat(map.marks(THEIRS, TOWN, NOW))
        .containsExactly(new Mark(47.5, 39.5, 1, 1, 1, State.DANGER, new SiteId(7)));
    assertThat(map.fitted(THEIRS, new SiteId(2), NOW, new Slice(0, 10)).rows()).isEmpty();
    assertThat(map.fitted(OURS, new SiteId(7), NOW, new Slice(0, 10)).total()).isZero();
  }

  private void meter(
      int id, int site, String heard, double battery, int measurement, int hardware, int status)
      throws Exception {
    database.execute(
        """
        insert into meter (id, organisation_id, resource, type, serial) overriding system value
          select %1$d, organisation_id, 'COLD_WATER', 'x', '%1$d' from site where id = %2$d;
        insert into meter_place values (%1$d, 'COLD_WATER', %2$d, '', '[2026-01-01,)');
        insert into meter_device values (%1$d, %1$d, '[2026-01-01,)');
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at, module_time,
          record_number, received_at, meter_time, resource, temperature, battery, measurement_errors,
          temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi, band,
          period_minutes, sessions_total, sessions_day, reading, reading_module_time,
          reading_record_number)
          values (%1$d, 1, 5, 642, '', '%3$s', '%3$s', 1, '%3$s', '%3$s',
          0.1, 20, %4$s, %5$d, 0, 0, 0, %6$d, %7$d, -80, 0, 60, 1, 1, 1.5, '%3$s', 1)
        """
            .formatted(id, site, heard, battery, measurement, hardware, status));
  }
}
