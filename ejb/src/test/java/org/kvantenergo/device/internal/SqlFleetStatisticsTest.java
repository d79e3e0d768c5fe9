package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.ErrorKind;
import org.kvantenergo.device.FilterText;
import org.kvantenergo.device.FleetFigures;
import org.kvantenergo.device.FleetFigures.Bin;
import org.kvantenergo.device.FleetFigures.Bit;
import org.kvantenergo.device.FleetFigures.Group;
import org.kvantenergo.device.FleetFigures.Hour;
import org.kvantenergo.device.FleetFigures.Second;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

class SqlFleetStatisticsTest {

  private static final Scope OURS = new Scope(new OrganisationId(1), false);
  private static final Scope THEIRS = new Scope(new OrganisationId(2), false);
  private static final Scope RUNS = new Scope(new OrganisationId(3), true);
  private static final Instant HOUR = Instant.parse("2021-02-15T10:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final Watch clock = new Watch();
  private final SqlFleetStatistics fleet =
      new SqlFleetStatistics(new FleetReader(database.dataSource()), clock);
  private final FleetHours hours = new FleetHours(database.dataSource());

  /** Says the time that it was told. */
  private static final class Watch extends Clock {
    private Instant now = Instant.parse("2021-02-15T10:30:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void devices() throws Exception {
    database.execute(
        """
        insert into organisation (name, runs_installation) values ('Наша', false), ('Чужая', false), ('Квант', true);
        insert into device_group (organisation_id, name, position)
          values (1, '642R_RADIO', 2), (1, '642M_MTS', 1), (2, '642M_MTS', 1);
        insert into device (id, organisation_id, group_id, kind, state, imei, serial, model)
          overriding system value
          select n, case when n = 9 then 2 when n < 11 then 1 end,
            case when n in (1, 2, 3, 4) then 2 when n in (5, 6) then 1 when n = 9 then 3 end,
            'MODULE', case when n = 4 then 'BLOCKED' when n = 11 then 'UNREGISTERED' else 'REGISTERED' end,
            100 + n, n, 642
          from generate_series(1, 11) n;
        """);
    // Device, last packet, period, battery, RSSI, status, five masks.
    report(1, "2021-02-15T10:00:07.900Z", 60, "3.6", -71, 4097, "0, 0, 0, 0, 0");
    report(2, "2021-02-15T10:00:07.100Z", 60, "3.3", -72, 4097, "16, 0, 0, 0, 0");
    report(3, "2021-02-15T09:59:59Z", 60, "3.4", -73, 4097 + 16384, "16, 0, 0, 0, 8");
    report(4, "2021-02-15T08:29:59Z", 60, "3.1999998", -103, 4097, "0, 1, 0, 0, 0");
    report(5, "2021-02-14T11:00:00Z", 1440, "3.2", -102, 4097, "0, 0, 0, 0, 0");
    report(6, "2021-02-14T10:59:59Z", 720, "NaN", -60, 4097, "0, 0, 32768, 2, 0");
    report(7, "2021-02-15T09:00:00Z", 0, "3.65", -61, 4097, "0, 0, 0, 0, 0");
    report(8, "2021-02-15T10:04:00Z", 60, "3.5", -94, 4097, "0, 0, 0, 0, 0");
    report(9, "2021-02-15T10:00:01Z", 60, "3.6", -80, 4097, "0, 0, 0, 0, 1");
    report(11, "2021-02-15T10:00:01Z", 60, "3.6", -80, 4097, "0, 0, 0, 0, 1");
  }

  @Test
  void everyDeviceIsCountedWhereItFalls() {
    FleetFigures all = figures(OURS);
    assertThat(all.at()).isEqualTo(clock.now);
    assertThat(all.hour()).isEqualTo(HOUR);
    assertThat(all.modules()).as("not theirs, and not who is not registered").isEqualTo(9);
    assertThat(all.reported()).as("1, 2 and 8").isEqualTo(3);
    assertThat(all.due()).as("also 3 and 6, whose period ends; 4 is blocked").isEqualTo(5);
    assertThat(all.silent()).as("4 by a second, not 6: a day is two of its periods").isEqualTo(1);
    assertThat(all.errors()).as("2, 3, 4, 6").isEqualTo(4);
    assertThat(all.open()).as("3").isEqualTo(1);
    assertThat(all.never()).as("10").isEqualTo(1);
    assertThat(all.groups())
        .containsExactly(
            new Group(new GroupId(1), 2, 0),
            new Group(new GroupId(2), 4, 1),
            new Group(null, 3, 0));
    assertThat(all.bits())
        .containsExactly(
            new Bit(ErrorKind.MEASUREMENT, 4, 2),
            new Bit(ErrorKind.TEMPERATURE, 0, 1),
            new Bit(ErrorKind.CONTROL, 15, 1),
            new Bit(ErrorKind.CALIBRATION, 1, 1),
            new Bit(ErrorKind.HARDWARE, 3, 1));
  }

  @Test
  void whoIsSilentIsSoAfterTwoOfItsOwnPeriods() {
    clock.now = Instant.parse("2021-02-15T10:59:58.9Z");
    assertThat(figures(OURS).silent())
        .as("4; 6 in a tenth of a second, and not at that moment")
        .isEqualTo(1);
    clock.now = Instant.parse("2021-02-15T11:00:02Z");
    assertThat(figures(OURS).silent()).as("4 and 6").isEqualTo(2);
    clock.now = Instant.parse("2021-02-15T12:00:07.9Z");
    assertThat(figures(OURS).silent()).as("2 and 3 too; 1 not at its moment").isEqualTo(4);
  }

  @Test
  void theDistributionsLeaveNothingOutAndCountNothingTwice() {
    FleetFigures all = figures(OURS);
    assertThat(all.battery())
        .containsExactly(
            new Bin("", "3.2", 2),
            new Bin("3.2000003", "3.3", 1),
            new Bin("3.3000002", "3.4", 1),
            new Bin("3.4000003", "3.5", 1),
            new Bin("3.5000002", "3.6", 1),
            new Bin("3.6000001", "3.7", 1),
            new Bin("3.7000003", "", 0));
    assertThat(all.rssi())
        .containsExactly(
            new Bin("", "-103", 1),
            new Bin("-102", "-95", 1),
            new Bin("-94", "-85", 1),
            new Bin("-84", "-79", 0),
            new Bin("-78", "-73", 1),
            new Bin("-72", "-67", 2),
            new Bin("-66", "-61", 1),
            new Bin("-60", "", 1));
  }

  @Test
  void theBurstIsCountedBySecondsAndTheDayByHours() throws Exception {
    FleetFigures all = figures(OURS);
    assertThat(all.burst())
        .as("8 came at the end of it")
        .containsExactly(new Second(HOUR.minusSeconds(1), 1), new Second(HOUR.plusSeconds(7), 2));
    assertThat(all.hours()).hasSize(24);
    assertThat(all.hours().get(0)).isEqualTo(new Hour(hour(-23), null, 1));
    assertThat(all.hours().get(21)).isEqualTo(new Hour(hour(-2), null, 1));
    assertThat(all.hours().get(22)).isEqualTo(new Hour(hour(-1), null, 2));
    assertThat(all.hours().get(23)).isEqualTo(new Hour(HOUR, 3L, 3));

    log("2021-02-15T09:00:00Z", 1, 2, 3, 9, 11);
    log("2021-02-15T09:59:59.999Z", 1, 5, 7);
    log("2021-02-15T10:00:00Z", 8);
    assertThat(hours.missing(Instant.parse("2021-02-15T10:00:59Z")).get(0)).isEqualTo(hour(-2));
    assertThat(hours.missing(clock.now)).hasSize(23).startsWith(hour(-1)).endsWith(hour(-23));
    for (Instant hour : hours.missing(clock.now)) {
      hours.count(hour);
    }
    assertThat(hours.missing(clock.now)).isEmpty();
    hours.count(hour(-1));
    clock.now = clock.now.plusSeconds(3);
    assertThat(figures(OURS).hours().get(22)).isEqualTo(new Hour(hour(-1), 5L, 2));
    assertThat(figures(OURS).hours().get(21)).isEqualTo(new Hour(hour(-2), 0L, 1));
    assertThat(figures(THEIRS).hours().get(22)).isEqualTo(new Hour(hour(-1), 1L, 0));
    assertThat(figures(RUNS).hours().get(22)).isEqualTo(new Hour(hour(-1), 6L, 2));
    assertThat(of(OURS, 2).hours().get(22)).isEqualTo(new Hour(hour(-1), 3L, 1));
  }

  /** By the clock of the database, which the filter asks. */
  @Test
  void eachNumberIsThatOfTheRowsThatItOpens() throws Exception {
    Instant now = Instant.now();
    String[] masks = {"0, 0, 0, 0, 0", "16, 0, 0, 0, 8", "0, 1, 32768, 2, 0"};
    database.execute("delete from device_state");
    for (int device = 1; device <= 11; device++) {
      Instant at = now.minusSeconds(610L * device * device);
      String battery = String.valueOf(3.1f + device * 0.1f);
      if (device != 7) {
        report(device, at.toString(), 60, battery, -50 - 7 * device, 4097, masks[device % 3]);
      }
    }
    clock.now = now;
    for (String groups : List.of("all", "2", "1")) {
      FleetFigures figures =
          groups.equals("all") ? figures(OURS) : of(OURS, Long.parseLong(groups));
      Map<String, Long> numbers = new LinkedHashMap<>();
      numbers.put("silent:2", figures.silent());
      numbers.put("errors", figures.errors());
      numbers.put("open", figures.open());
      numbers.put("received:never", figures.never());
      numbers.put("received:" + figures.hour() + "..", figures.reported());
      figures.bits().forEach(b -> numbers.put("bit:" + b.mask() + "." + b.bit(), b.modules()));
      figures
          .battery()
          .forEach(b -> numbers.put("battery:" + b.from() + ".." + b.to(), b.modules()));
      figures.rssi().forEach(b -> numbers.put("rssi:" + b.from() + ".." + b.to(), b.modules()));
      figures
          .hours()
          .subList(0, 23)
          .forEach(
              h ->
                  numbers.put(
                      "received:" + h.from() + ".." + h.from().plusSeconds(3600), h.last()));
      figures
          .burst()
          .forEach(
              b ->
                  numbers.put(
                      "received:" + b.from() + ".." + b.from().plusSeconds(1), b.modules()));
      assertThat(numbers).hasSizeGreaterThan(40);
      numbers.forEach(
          (term, number) ->
              assertThat(rows(groups, term)).as("%s %s", groups, term).isEqualTo(number));
      assertThat(rows(groups, "")).isEqualTo(figures.modules());
    }
  }

  private long rows(String groups, String term) {
    DeviceFilter filter = FilterText.parse(groups, term);
    return new SqlDeviceDirectory(database.dataSource())
        .list(OURS, filter, DeviceOrder.SERIAL, new Slice(0, 1))
        .total();
  }

  @Test
  void aGroupHasFiguresOfItsOwn() {
    FleetFigures group = of(OURS, 2);
    assertThat(group.modules()).isEqualTo(4);
    assertThat(group.reported()).isEqualTo(2);
    assertThat(group.due()).isEqualTo(3);
    assertThat(group.groups()).containsExactly(new Group(new GroupId(2), 4, 1));
    assertThat(group.bits())
        .containsExactly(
            new Bit(ErrorKind.MEASUREMENT, 4, 2),
            new Bit(ErrorKind.TEMPERATURE, 0, 1),
            new Bit(ErrorKind.HARDWARE, 3, 1));
    assertThat(group.burst()).hasSize(2);
    assertThat(of(THEIRS, 2).modules()).as("another's group is none").isZero();
    assertThat(of(THEIRS, 2).burst()).isEmpty();
  }

  @Test
  void nobodyCountsWhatIsNotTheirs() throws Exception {
    assertThat(figures(THEIRS).modules()).isEqualTo(1);
    assertThat(figures(THEIRS).bits()).containsExactly(new Bit(ErrorKind.HARDWARE, 0, 1));
    assertThat(figures(THEIRS).burst()).containsExactly(new Second(HOUR.plusSeconds(1), 1));
    assertThat(figures(RUNS).modules()).as("registered ones").isEqualTo(10);
  }

  @Test
  void whoLooksWithinThreeSecondsSeesWhatWasRead() throws Exception {
    assertThat(figures(OURS).never()).isEqualTo(1);
    report(10, "2021-02-15T10:30:01Z", 60, "3.6", -80, 4097, "0, 0, 0, 0, 0");
    clock.now = clock.now.plusMillis(2999);
    assertThat(figures(OURS).never()).isEqualTo(1);
    clock.now = clock.now.plusMillis(1);
    assertThat(figures(OURS).never()).isZero();
  }

  private FleetFigures figures(Scope scope) {
    return fleet.figures(scope, Optional.empty());
  }

  private FleetFigures of(Scope scope, long group) {
    return fleet.figures(scope, Optional.of(new GroupId(group)));
  }

  private static Instant hour(int after) {
    return HOUR.plusSeconds(after * 3600L);
  }

  private void report(
      long device, String at, int period, String battery, int rssi, int status, String masks)
      throws Exception {
    database.execute(
        """
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at, module_time,
          record_number, received_at, meter_time, resource, temperature, battery, measurement_errors,
          temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi, band,
          period_minutes, sessions_total, sessions_day, reading, reading_module_time,
          reading_record_number)
          values (%1$d, 1, 5, 642, '8970', '%2$s', '%2$s', 1, '%2$s', '%2$s',
          0.1, 20, '%4$s', %7$s, %6$d, %5$d, 0, %3$d, 1, 1, 1.5, '%2$s', 1)
        """
            .formatted(device, at, period, battery, rssi, status, masks));
  }

  private void log(String at, int... devices) throws Exception {
    database.execute(
        """
        insert into event_log select coalesce(max(cursor), 0) + 1, '%s', 'READINGS_STORED', '{"devices":%s}'
        from event_log
        """
            .formatted(at, java.util.Arrays.toString(devices)));
  }
}
