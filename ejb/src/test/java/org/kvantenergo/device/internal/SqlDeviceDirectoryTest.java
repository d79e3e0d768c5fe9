package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.GroupSummary;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

class SqlDeviceDirectoryTest {

  private static final Scope OURS = new Scope(new OrganisationId(1), false);
  private static final Scope THEIRS = new Scope(new OrganisationId(2), false);
  private static final Scope RUNS = new Scope(new OrganisationId(3), true);
  private static final DeviceFilter ALL = DeviceFilter.ALL;

  private final TestDatabase database = TestDatabase.create();
  private final SqlDeviceDirectory directory = new SqlDeviceDirectory(database.dataSource());

  @BeforeEach
  void devices() throws Exception {
    database.execute(
        """
        insert into organisation (name, runs_installation) values ('Наша', false), ('Чужая', false), ('Квант', true);
        insert into device_group (organisation_id, name, position)
          values (1, '642R_RADIO', 2), (1, '642M_MTS', 1), (2, '642M_MTS', 1);
        insert into device (organisation_id, group_id, kind, state, imei, serial, model, commissioned_at)
          values (1, 2, 'MODULE', 'REGISTERED', 101, 50, 642, '2020-12-03T09:00:00Z'),
                 (1, 2, 'MODULE', 'REGISTERED', 102, 40, 642, null),
                 (1, 2, 'MODULE', 'BLOCKED', 103, 30, 642, '2020-12-01T09:00:00Z'),
                 (1, 1, 'BASE_STATION', 'REGISTERED', 0, 20, 900, '2020-12-01T09:00:00Z'),
                 (1, null, 'MODULE', 'REGISTERED', 105, 10, 642, '2020-12-02T09:00:00Z'),
                 (2, 3, 'MODULE', 'REGISTERED', 106, 60, 642, null);
        insert into device (kind, state, imei, serial, model)
          values ('MODULE', 'UNREGISTERED', 107, 70, 0);
        """);
    report(1, "2021-02-15T10:00:00Z", 1.5);
    report(3, "2021-02-15T12:00:00Z", 2.5);
    report(4, "2021-02-15T11:00:00Z", 3.5);
    report(6, "2021-02-15T11:00:00Z", 4.5);
    report(7, "2021-02-15T11:00:00Z", 5.5);
  }

  @Test
  void theThreeOrdersBothWays() {
    assertThat(ids(DeviceOrder.Key.SERIAL, true)).containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(ids(DeviceOrder.Key.SERIAL, false)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(ids(DeviceOrder.Key.COMMISSIONED, true)).containsExactly(3L, 4L, 5L, 1L, 2L);
    assertThat(ids(DeviceOrder.Key.COMMISSIONED, false)).containsExactly(1L, 5L, 3L, 4L, 2L);
    assertThat(ids(DeviceOrder.Key.RECEIVED, true)).containsExactly(1L, 4L, 3L, 2L, 5L);
    assertThat(ids(DeviceOrder.Key.RECEIVED, false)).containsExactly(3L, 4L, 1L, 2L, 5L);
  }

  @Test
  void slicesAddUpToTheWhole() {
    for (DeviceOrder.Key key : DeviceOrder.Key.values()) {
      for (boolean ascending : List.of(true, false)) {
        DeviceOrder order = new DeviceOrder(key, ascending);
        List<Long> ids = new ArrayList<>();
        for (int offset = 0; offset < 6; offset += 2) {
          Page<DeviceRow> page = directory.list(OURS, ALL, order, new Slice(offset, 2));
          assertThat(page.total()).isEqualTo(5);
          page.rows().forEach(row -> ids.add(row.id().value()));
        }
        assertThat(ids).isEqualTo(ids(key, ascending));
      }
    }
  }

  @Test
  void groupsInTheirOrderWithTheirDevices() {
    assertThat(directory.groups(OURS))
        .containsExactly(
            new GroupSummary(new GroupId(2), "642M_MTS", "Наша", 3),
            new GroupSummary(new GroupId(1), "642R_RADIO", "Наша", 1));
    assertThat(ids(OURS, DeviceFilter.of(new GroupId(2)))).containsExactly(3L, 2L, 1L);
  }

  @Test
  void nobodySeesWhatIsNotTheirs() {
    assertThat(ids(THEIRS, ALL)).containsExactly(6L);
    assertThat(ids(THEIRS, DeviceFilter.of(new GroupId(2)))).isEmpty();
    assertThat(ids(THEIRS, DeviceFilter.UNREGISTERED)).isEmpty();
    assertThat(directory.unregistered(THEIRS)).isZero();
    assertThat(directory.find(THEIRS, new DeviceId(1))).isEmpty();
    assertThat(directory.find(THEIRS, new DeviceId(7))).isEmpty();
    assertThat(directory.find(OURS, new DeviceId(6))).isEmpty();

    assertThat(ids(OURS, DeviceFilter.UNREGISTERED)).isEmpty();
    assertThat(directory.visible(OURS, deviceIds(1, 6, 7, 99))).isEqualTo(deviceIds(1));
    assertThat(directory.groups(THEIRS))
        .extracting(GroupSummary::id)
        .containsExactly(new GroupId(3));
  }

  @Test
  void whoRunsTheInstallationSeesEverything() {
    assertThat(ids(RUNS, ALL)).containsExactly(5L, 4L, 3L, 2L, 1L, 6L);
    assertThat(ids(RUNS, DeviceFilter.of(new GroupId(3)))).containsExactly(6L);
    assertThat(ids(RUNS, DeviceFilter.UNREGISTERED)).containsExactly(7L);
    assertThat(directory.unregistered(RUNS)).isEqualTo(1);
    assertThat(directory.find(RUNS, new DeviceId(7)).orElseThrow().reading()).isEqualTo(5.5);
    assertThat(directory.visible(RUNS, deviceIds(1, 6, 7, 99))).isEqualTo(deviceIds(1, 6, 7));
    assertThat(directory.groups(RUNS))
        .extracting(GroupSummary::organisation)
        .containsExactly("Наша", "Наша", "Чужая");
  }

  @Test
  void whoStandsAboveSeesAllBelowAndNothingBeside() throws Exception {
    database.execute("update organisation set parent_id = 1 where id = 2");
    assertThat(ids(OURS, ALL)).containsExactly(5L, 4L, 3L, 2L, 1L, 6L);
    assertThat(directory.find(OURS, new DeviceId(6)).orElseThrow().serial()).isEqualTo(60);
    assertThat(directory.visible(OURS, deviceIds(1, 6, 7))).isEqualTo(deviceIds(1, 6));
    assertThat(directory.groups(OURS))
        .extracting(GroupSummary::organisation)
        .as("one's own first")
        .containsExactly("Наша", "Наша", "Чужая");
    assertThat(ids(THEIRS, ALL)).containsExactly(6L);
  }

  private static Set<DeviceId> deviceIds(long... ids) {
    return LongStream.of(ids).mapToObj(DeviceId::new).collect(Collectors.toUnmodifiableSet());
  }

  @Test
  void aRowSaysWhatIsKnown() {
    DeviceRow blocked = directory.find(OURS, new DeviceId(3)).orElseThrow();
    assertThat(blocked.state()).isEqualTo(DeviceRow.State.BLOCKED);
    assertThat(blocked.group()).isEqualTo("642M_MTS");
    assertThat(blocked.daysInService()).isEqualTo(76);
    assertThat(blocked.iccid()).isEqualTo("8970");
    assertThat(blocked.reading()).isEqualTo(2.5);
    assertThat(blocked.readingFell()).isFalse();

    DeviceRow silent = directory.find(OURS, new DeviceId(5)).orElseThrow();
    assertThat(silent.contact()).isNull();
    assertThat(silent.reading()).isNull();
    assertThat(silent.daysInService()).isNull();
    assertThat(silent.group()).isEmpty();
    assertThat(silent.protocol()).isZero();
    assertThat(silent.model()).as("of the registry").isEqualTo(642);
  }

  @Test
  void whoeverClaimsAPartOfARegisteredIdentityIsAPossibleSwap() throws Exception {
    database.execute(
        """
        insert into device (id, kind, state, imei, serial, model) overriding system value values
          (101, 'MODULE', 'UNREGISTERED', 101, 40, 0), (102, 'MODULE', 'UNREGISTERED', 102, 80, 0),
          (103, 'BASE_STATION', 'UNREGISTERED', 0, 50, 0), (104, 'BLOCK', 'UNREGISTERED', 0, 20, 0),
          (105, 'MODULE', 'UNREGISTERED', 101, 50, 0), (106, 'MODULE', 'UNREGISTERED', 106, 81, 0);
        """);
    DeviceRow.Holder first = new DeviceRow.Holder(DeviceRow.Kind.MODULE, 101, 50);
    DeviceRow.Holder second = new DeviceRow.Holder(DeviceRow.Kind.MODULE, 102, 40);
    DeviceRow.Holder station = new DeviceRow.Holder(DeviceRow.Kind.BASE_STATION, 0, 20);
    assertThat(swap(101)).isEqualTo(new DeviceRow.Swap(first, second));
    assertThat(swap(102)).isEqualTo(new DeviceRow.Swap(second, null));
    assertThat(swap(103)).as("another kind").isEqualTo(new DeviceRow.Swap(null, first));
    assertThat(swap(104)).as("no IMEI is nobody's").isEqualTo(new DeviceRow.Swap(null, station));
    assertThat(swap(105)).isEqualTo(new DeviceRow.Swap(first, first));
    assertThat(directory.find(RUNS, new DeviceId(105)).orElseThrow().unchecked()).isTrue();
    assertThat(directory.find(RUNS, new DeviceId(101)).orElseThrow().unchecked()).isFalse();
    assertThat(directory.find(RUNS, new DeviceId(1)).orElseThrow().unchecked()).isFalse();
    assertThat(swap(106))
        .as("another owner's")
        .isEqualTo(new DeviceRow.Swap(new DeviceRow.Holder(DeviceRow.Kind.MODULE, 106, 60), null));
    assertThat(swap(7)).as("nobody's").isNull();
    assertThat(swap(1)).as("registered itself").isNull();
  }

  private DeviceRow.Swap swap(long id) {
    return directory.find(RUNS, new DeviceId(id)).orElseThrow().swap();
  }

  private List<Long> ids(DeviceOrder.Key key, boolean ascending) {
    return directory
        .list(OURS, ALL, new DeviceOrder(key, ascending), new Slice(0, 100))
        .rows()
        .stream()
        .map(row -> row.id().value())
        .toList();
  }

  private List<Long> ids(Scope scope, DeviceFilter filter) {
    Page<DeviceRow> page =
        directory.list(
            scope, filter, new DeviceOrder(DeviceOrder.Key.SERIAL, true), new Slice(0, 100));
    assertThat(page.total()).isEqualTo(page.rows().size());
    return page.rows().stream().map(row -> row.id().value()).toList();
  }

  private void report(long device, String at, double reading) throws Exception {
    database.execute(
        """
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at,
          module_time, record_number, received_at, meter_time, resource, temperature, battery,
          measurement_errors, temperature_errors, control_errors, calibration_errors,
          hardware_errors, status, rssi, band, period_minutes, sessions_total, sessions_day,
          reading, reading_module_time, reading_record_number)
        values (%1$d, 1, 5, 642, '8970', '%2$s', '%2$s', 1, '%2$s', '%2$s',
          0.1, 20, 3.6, 0, 0, 0, 0, 0, 4097, -80, 0, 60, 1, 1, %3$s, '%2$s', 1)
        """
            .formatted(device, at, reading));
  }
}
