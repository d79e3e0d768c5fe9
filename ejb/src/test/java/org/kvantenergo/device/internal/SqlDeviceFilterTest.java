package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.FilterText;
import org.kvantenergo.device.FleetCounts;
import org.kvantenergo.device.Identity;
import org.kvantenergo.device.Located;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** Every condition against real rows; devices 1 to 4 are ours, 5 is another's, 6 is nobody's. */
class SqlDeviceFilterTest {

  private static final Scope OURS = new Scope(new OrganisationId(1), false);
  private static final Scope RUNS = new Scope(new OrganisationId(3), true);

  private static final String STATES =
      """
      insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at, module_time,
        record_number, received_at, meter_time, resource, temperature, battery, measurement_errors,
        temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi, band,
        period_minutes, sessions_total, sessions_day, reading, reading_module_time, reading_record_number)
      select id, 1, 5, 0, '897' || id, now(), now(), 1, now(), now(), 0.1, 20, 3.6, 0, 0, 0, 0, 0, 4097, -80, 0,
        60, 1000, 24, 1.5, now(), 1
      from device where %s;
      """;

  private final TestDatabase database = TestDatabase.create();
  private final SqlDeviceDirectory directory =
      new SqlDeviceDirectory(database.dataSource(), Duration.ZERO);

  @BeforeEach
  void devices() throws Exception {
    database.execute(
        """
        insert into organisation (name, runs_installation) values ('Наша', false), ('Чужая', false), ('Квант', true);
        insert into device_group (organisation_id, name, position) values (1, 'Б', 1), (1, 'А', 2);
        insert into device (organisation_id, group_id, kind, state, imei, serial, model, commissioned_at, comment)
          values (1, 1, 'MODULE', 'REGISTERED', 101, 10, 642, '2026-01-01T00:00:00Z', 'Кв. 117; стояк'),
                 (1, 1, 'MODULE', 'BLOCKED', 102, 20, 642, '2026-01-02T00:00:00Z', 'кв. 50%'),
                 (1, 2, 'MODULE', 'REGISTERED', 0, 30, 447, null, ''),
                 (1, null, 'MODULE', 'REGISTERED', 104, 40, 447, '2026-01-03T00:00:00Z', ''),
                 (2, null, 'MODULE', 'REGISTERED', 105, 50, 642, null, 'кв. 117');
        insert into device (kind, state, imei, serial, model) values ('MODULE', 'UNREGISTERED', 101, 60, 0);
        """
            + STATES.formatted("id <> 4"));
  }

  /** What device 1 has while all others keep theirs, a filter, and whom it lists. */
  private static final String CONDITIONS =
      """
      received_at = now() - interval '121 min' | silent:2 | 1
      received_at = now() - interval '119 min' | silent:2 | ''
      received_at = now() - interval '9 days', period_minutes = 0 | silent:2 | ''
      received_at = now() - interval '215 hours', period_minutes = 1440 | silent:9 | ''
      hardware_errors = 8 | errors | 1
      measurement_errors = 1 | errors | 1
      temperature_errors = 1 | errors | 1
      control_errors = 1 | errors | 1
      calibration_errors = 1 | errors | 1
      hardware_errors = 8 | bit:HARDWARE.3 | 1
      hardware_errors = 8 | bit:HARDWARE.2 | ''
      hardware_errors = 8 | bit:CONTROL.3 | ''
      measurement_errors = 32768 | bit:MEASUREMENT.15 | 1
      temperature_errors = 2 | bit:TEMPERATURE.1 | 1
      calibration_errors = 2 | bit:CALIBRATION.1 | 1
      before_reading = 1.6 | fell | 1
      before_reading = 1.5 | fell | ''
      status = 20481 | open | 1
      module_time = received_at - interval '301 s' | drift | 1
      module_time = received_at - interval '300 s' | drift | ''
      module_time = received_at + interval '300.1 s' | drift | 1
      meter_time = received_at - interval '50 min' | drift | ''
      meter_time = received_at - interval '50 min', status = 8193 | drift | 1
      meter_time = received_at + interval '301 s' | drift | 1
      battery = 3.4 | battery:..3.4 | 1
      battery = 3.4 | battery:3.4.. | 1,2,3
      battery = 3.4 | battery:3.4..3.4 | 1
      battery = 3.41 | battery:..3.4 | ''
      battery = 'NaN' | battery:3.. | 2,3
      battery = 'NaN' | battery:..9 | 2,3
      battery = 'Infinity' | battery:9.. | 1
      battery = '-Infinity' | battery:..-9 | 1
      temperature = -0.5 | temperature:-0.5..0 | 1
      resource = 0.0811 | resource:0.0811..0.0811 | 1
      rssi = -102 | rssi:-102..-94 | 1
      rssi = -103 | rssi:-102..-94 | ''
      reading = 0.2479413 | reading:0.2479413..0.2479413 | 1
      reading = null | reading:0.. | 2,3
      period_minutes = 1440 | period:1440.. | 1
      sessions_total = 4294967295 | sessions:4294967295.. | 1
      sessions_day = 3 | sessionsDay:..3 | 1
      received_at = '2026-01-11T23:59:59Z' | days:10..10 | 1
      received_at = '2026-01-11T23:59:59Z' | days:11.. | 2
      received_at = '2026-11-30T10:00:00Z' | received:2026-11-30T10:00:00Z..2026-11-30T10:00:00.000001Z | 1
      received_at = '2026-11-30T10:00:00Z' | received:2026-11-30T09:00:00Z..2026-11-30T10:00:00Z | ''
      module_time = '2020-01-01T00:00:00Z' | module:..2020-01-02T00:00:00Z | 1
      meter_time = '2020-01-01T00:00:00Z' | meter:..2020-01-02T00:00:00Z | 1
      rssi = 0 | commissioned:2026-01-02T00:00:00Z..2026-01-03T00:00:00Z | 2
      rssi = 0 | commissioned:never | 3
      rssi = 0 | received:never | 4
      rssi = 0 | model:642,1 | 1,2
      model = 7 | model:7 | 1
      protocol = 4 | protocol:4 | 1
      band = 20 | band:20,8 | 1
      rssi = 0 | serial:000000000020,40 | 2,4
      rssi = 0 | imei:104,105,0 | 4
      rssi = 0 | iccid:8972,8975 | 2
      rssi = 0 | comment:КВ. 1 | 1
      rssi = 0 | comment:%3B | 1
      rssi = 0 | comment:0%25 | 2
      rssi = 0 | comment:_ | ''
      rssi = -90 | rssi:..-85;model:642;comment:кв | 1
      rssi = -90 | rssi:..-85;model:447 | ''
      """;

  @Test
  void eachConditionListsWhatFulfilsIt() throws Exception {
    for (String line : CONDITIONS.lines().toList()) {
      String[] parts = line.split(" [|] ");
      database.execute(
          "delete from device_state where device_id = 1;"
              + STATES.formatted("id = 1")
              + "update device_state set "
              + parts[0]
              + " where device_id = 1");
      DeviceFilter filter = FilterText.parse("all", parts[1]);
      String expected = parts[2].replace("''", "");
      assertThat(String.join(",", ids(OURS, filter, DeviceOrder.SERIAL)))
          .as(line)
          .isEqualTo(expected);
      assertThat(directory.counts(OURS, filter).all())
          .as(line)
          .isEqualTo(expected.isEmpty() ? 0 : expected.split(",").length);
    }
  }

  @Test
  void groupsAndPartsAreKeptApart() throws Exception {
    assertThat(ids(OURS, groups(1), DeviceOrder.SERIAL)).containsExactly("1", "2");
    assertThat(ids(OURS, groups(1, 2), DeviceOrder.SERIAL)).containsExactly("1", "2", "3");
    assertThat(ids(OURS, DeviceFilter.ALL, DeviceOrder.SERIAL)).containsExactly("1", "2", "3", "4");
    assertThat(ids(RUNS, DeviceFilter.ALL, DeviceOrder.SERIAL))
        .containsExactly("1", "2", "3", "4", "5");
    assertThat(ids(RUNS, FilterText.parse("new", "model:642"), DeviceOrder.SERIAL)).isEmpty();
    assertThat(ids(RUNS, FilterText.parse("new", "rssi:-80.."), DeviceOrder.SERIAL))
        .containsExactly("6");
    assertThat(ids(OURS, DeviceFilter.UNREGISTERED, DeviceOrder.SERIAL)).isEmpty();
    database.execute("update device set group_id = 2 where id = 1");
    assertThat(ids(OURS, groups(2), DeviceOrder.SERIAL)).containsExactly("1", "3");
    database.execute("update device set organisation_id = 2, group_id = null where id = 1");
    assertThat(ids(OURS, DeviceFilter.ALL, DeviceOrder.SERIAL)).containsExactly("2", "3", "4");
    database.execute("update device set state = 'RETIRED' where id = 2");
    assertThat(ids(OURS, DeviceFilter.ALL, DeviceOrder.SERIAL)).containsExactly("3", "4");
    database.execute(
        "update device set state = 'REGISTERED', organisation_id = 1, imei = 106, serial = 35 where id = 6");
    assertThat(ids(OURS, DeviceFilter.ALL, DeviceOrder.SERIAL)).containsExactly("3", "6", "4");
  }

  private static final String ORDERS =
      """
      RECEIVED | 2,3,1,4
      RECEIVED- | 1,2,3,4
      COMMISSIONED- | 4,2,1,3
      COMMISSIONED | 1,2,4,3
      DAYS | 2,1,3,4
      IMEI | 1,2,4,3
      IMEI- | 4,2,1,3
      MODEL,SERIAL- | 4,3,2,1
      MODEL-,SERIAL | 1,2,3,4
      GROUP,SERIAL- | 3,2,1,4
      COMMENT | 1,2,3,4
      COMMENT- | 2,1,3,4
      TEMPERATURE | 3,1,2,4
      TEMPERATURE- | 1,3,2,4
      BATTERY,RSSI-,IDX- | 3,2,1,4
      ICCID- | 3,2,1,4
      BAND | 3,1,2,4
      STATUS,READING,RESOURCE,PERIOD,SESSIONS,SESSIONS_DAY,PROTOCOL,IDX- | 3,2,1,4
      MEASUREMENT_ERRORS-,TEMPERATURE_ERRORS,CONTROL_ERRORS,CALIBRATION_ERRORS,HARDWARE_ERRORS-,IDX- | 2,3,1,4
      MODULE_TIME,METER_TIME,IDX- | 3,2,1,4
      """;

  @Test
  void devicesThatLackAValueComeLastAndTiesGoByIdx() throws Exception {
    database.execute(
        """
        update device_state set received_at = received_at + interval '1 s' where device_id = 1;
        update device_state set temperature = 'NaN', measurement_errors = 1 where device_id = 2;
        update device_state set temperature = -3, band = 8 where device_id = 3;
        """);
    for (String line : ORDERS.lines().toList()) {
      String[] parts = line.split(" [|] ");
      DeviceOrder order = DeviceOrder.parse(parts[0]);
      List<String> ids = ids(OURS, DeviceFilter.ALL, order);
      assertThat(String.join(",", ids)).as(line).isEqualTo(parts[1]);
      for (int place = 0; place < ids.size(); place++) {
        DeviceId device = new DeviceId(Long.parseLong(ids.get(place)));
        assertThat(directory.place(OURS, DeviceFilter.ALL, order, device)).hasValue(place);
        assertThat(directory.list(OURS, DeviceFilter.ALL, order, new Slice(place, 1)).rows())
            .extracting(DeviceRow::id)
            .containsExactly(device);
      }
    }
  }

  @Test
  void whoIsNotListedHasNoPlace() {
    DeviceFilter filter = FilterText.parse("all", "serial:10,30");
    assertThat(place(OURS, filter, 3)).hasValue(1);
    assertThat(place(OURS, filter, 2)).as("another serial").isEmpty();
    assertThat(place(OURS, DeviceFilter.ALL, 5)).as("another's").isEmpty();
    assertThat(place(OURS, DeviceFilter.ALL, 6)).as("nobody's").isEmpty();
    assertThat(place(OURS, DeviceFilter.ALL, 99)).as("there is none").isEmpty();
    assertThat(place(RUNS, DeviceFilter.ALL, 5)).hasValue(4);
    assertThat(place(RUNS, DeviceFilter.UNREGISTERED, 6)).hasValue(0);
  }

  @Test
  void numbersAreFoundExactlyAndOthersDevicesAreNot() {
    Located serials =
        directory.locate(
            OURS, Identity.SERIAL, List.of("50", " 40", "000000000010", "1", "4x", "", "10", "60"));
    assertThat(serials.found())
        .containsExactly(found(4, " 40", true), found(1, "000000000010", true));
    assertThat(serials.missing()).containsExactly("50", "1", "4x", "60");

    assertThat(directory.locate(OURS, Identity.IMEI, List.of("105", "0", "101", "101")))
        .isEqualTo(new Located(List.of(found(1, "101", true)), List.of("105", "0")));
    assertThat(directory.locate(RUNS, Identity.IMEI, List.of("101", "105")).found())
        .containsExactly(found(1, "101", true), found(6, "101", false), found(5, "105", true));

    assertThat(directory.locate(OURS, Identity.ICCID, List.of("8972", "8975", "08972", "89")))
        .isEqualTo(new Located(List.of(found(2, "8972", true)), List.of("8975", "08972", "89")));
    List<String> many = Collections.nCopies(Located.MOST + 1, "1");
    assertThatThrownBy(() -> directory.locate(OURS, Identity.SERIAL, many))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tenThousandNumbersAreOneSearch() {
    List<String> numbers = LongStream.rangeClosed(1, 10_000).mapToObj(String::valueOf).toList();
    Located located = directory.locate(OURS, Identity.SERIAL, numbers);
    assertThat(located.found()).extracting(f -> f.device().value()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(located.missing()).hasSize(9_996);
  }

  @Test
  void eachNumberOfTheQuickFiltersIsThatOfItsList() throws Exception {
    database.execute(
        """
        update device_state set received_at = now() - interval '3 hours', module_time = now() - interval '3 hours',
          meter_time = now() - interval '3 hours', battery = 3.4 where device_id = 1;
        update device_state set received_at = now() - interval '7 hours', module_time = now() - interval '9 hours',
          hardware_errors = 1, status = 20481, battery = 'NaN', before_reading = 2 where device_id in (2, 5);
        """);
    FleetCounts counts = directory.counts(OURS, DeviceFilter.ALL);
    assertThat(counts).isEqualTo(new FleetCounts(4, 2, 1, 1, 1, 1, 1, 1, counts.at()));
    List<String> terms =
        List.of("silent:2", "silent:6", "errors", "battery:..3.4", "open", "drift", "fell");
    List<Long> numbers =
        List.of(
            counts.silent(),
            counts.lost(),
            counts.errors(),
            counts.battery(),
            counts.open(),
            counts.drift(),
            counts.fell());
    for (int i = 0; i < terms.size(); i++) {
      assertThat(ids(OURS, FilterText.parse("all", terms.get(i)), DeviceOrder.SERIAL))
          .as(terms.get(i))
          .hasSize(numbers.get(i).intValue());
    }
    assertThat(directory.counts(OURS, groups(2)).all()).isEqualTo(1);
    assertThat(directory.counts(RUNS, DeviceFilter.UNREGISTERED).all()).isEqualTo(1);
  }

  @Test
  void whoAsksTheSameShortlyAfterwardsGetsTheSameCount() throws Exception {
    SqlDeviceDirectory keeping = new SqlDeviceDirectory(database.dataSource(), Duration.ofHours(1));
    FleetCounts first = keeping.counts(OURS, DeviceFilter.ALL);
    database.execute("update device_state set hardware_errors = 1 where device_id = 1");
    assertThat(keeping.counts(OURS, DeviceFilter.ALL)).isEqualTo(first);
    assertThat(keeping.counts(RUNS, DeviceFilter.ALL).errors()).as("another scope").isEqualTo(1);
    assertThat(keeping.counts(OURS, groups(1)).errors()).as("another filter").isEqualTo(1);
    assertThat(directory.counts(OURS, DeviceFilter.ALL).errors()).isEqualTo(1);
  }

  /** Enough rows for the sample, in every order, page by page, against PostgreSQL's own sort. */
  @Test
  void pagesCutByASampleAreThoseOfTheWholeSorted() throws Exception {
    database.execute(
        """
        insert into device (organisation_id, kind, state, imei, serial, model)
          select 1, 'MODULE', 'REGISTERED', 0, 1000 + n * 7919 % 30011, 642 from generate_series(1, 30000) n;
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at, received_at,
            temperature, rssi, band, period_minutes)
          select id, 1, 5, 642, '', now(), case when id % 7 > 0 then '2026-01-01'::timestamptz + id * 31 % 997 * interval '1 s' end,
            case when id % 3 = 0 then 'NaN'::real else id % 10 end, -(id % 50), id % 2, 60
          from device where serial between 1000 and 30000;
        analyze device_state;
        """);
    for (String text :
        List.of("SERIAL-", "RECEIVED", "RSSI-,RECEIVED-", "BAND", "TEMPERATURE-,COMMENT")) {
      DeviceOrder order = DeviceOrder.parse(text);
      List<Long> all = new ArrayList<>();
      directory.stream(OURS, DeviceFilter.ALL, order, into(all));
      assertThat(all).hasSize(30_004).doesNotHaveDuplicates();
      for (int offset : new int[] {0, 15_007, 29_990, 30_004}) {
        Page<DeviceRow> page = directory.list(OURS, DeviceFilter.ALL, order, new Slice(offset, 80));
        assertThat(page.total()).isEqualTo(30_004);
        assertThat(page.rows())
            .as("%s from %d", text, offset)
            .extracting(row -> row.id().value())
            .isEqualTo(all.subList(offset, Math.min(all.size(), offset + 80)));
      }
    }
  }

  private static Rows<DeviceRow> into(List<Long> ids) {
    return new Rows<>() {
      @Override
      public void total(long rows) {
        assertThat(rows).isEqualTo(30_004);
      }

      @Override
      public void row(DeviceRow row) {
        ids.add(row.id().value());
      }
    };
  }

  private OptionalLong place(Scope scope, DeviceFilter filter, long device) {
    return directory.place(scope, filter, DeviceOrder.SERIAL, new DeviceId(device));
  }

  private static DeviceFilter groups(long... ids) {
    return new DeviceFilter(
        DeviceFilter.Part.REGISTERED,
        Set.copyOf(LongStream.of(ids).mapToObj(GroupId::new).toList()),
        List.of());
  }

  private static Located.Found found(long device, String value, boolean registered) {
    return new Located.Found(new DeviceId(device), value, registered);
  }

  private List<String> ids(Scope scope, DeviceFilter filter, DeviceOrder order) {
    Page<DeviceRow> page = directory.list(scope, filter, order, new Slice(0, 100));
    assertThat(page.total()).isEqualTo(page.rows().size());
    return page.rows().stream().map(row -> String.valueOf(row.id().value())).toList();
  }
}
