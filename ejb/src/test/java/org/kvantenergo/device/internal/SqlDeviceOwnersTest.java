package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.device.DeviceOwners;
import org.kvantenergo.device.DeviceOwners.Period;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

class SqlDeviceOwnersTest {

  private static final Instant NOON = Instant.parse("2030-02-15T12:00:00Z");
  private static final Instant MORNING = NOON.minus(Duration.ofHours(4));
  private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
  private static final OrganisationId WATER = new OrganisationId(1);
  private static final OrganisationId NORTH = new OrganisationId(2);
  private static final OrganisationId SOUTH = new OrganisationId(3);
  private static final OrganisationId HEAT = new OrganisationId(4);
  private static final Scope ALL_WATER = new Scope(WATER, false);
  private static final DeviceId DEVICE = new DeviceId(1);
  private static final DeviceId HEATS = new DeviceId(2);

  private final TestDatabase database = TestDatabase.create();
  private final Clock clock = Clock.fixed(EVENING, ZoneOffset.UTC);
  private final SqlDeviceOwners owners =
      new SqlDeviceOwners(
          database.dataSource(),
          new Uses(List.of()),
          new SqlAuditTrail(database.dataSource(), clock),
          clock);
  private Instant registered;

  @BeforeEach
  void tree() throws Exception {
    database.execute(
        """
        insert into organisation (name, parent_id)
          values ('Водоканал', null), ('Север', 1), ('Юг', 1), ('Теплосеть', null);
        insert into device_group (organisation_id, name, position) values (2, 'Дома', 1);
        insert into device (organisation_id, group_id, kind, state, imei, serial, model)
          values (2, 1, 'MODULE', 'REGISTERED', 101, 11, 642),
                 (4, null, 'MODULE', 'REGISTERED', 102, 12, 642);
        insert into device (kind, state, imei, serial, model)
          values ('MODULE', 'UNREGISTERED', 103, 13, 642);
        """);
    registered = owners.history(ALL_WATER, DEVICE).get(0).since();
  }

  @Test
  void movedTwiceInADayItIsRightAtEveryBorder() {
    assertThat(transfer(DEVICE, SOUTH, MORNING)).isEqualTo(1);
    assertThat(transfer(DEVICE, NORTH, NOON)).isEqualTo(1);
    assertThat(owners.history(ALL_WATER, DEVICE))
        .containsExactly(
            new Period(registered, NORTH), new Period(MORNING, SOUTH), new Period(NOON, NORTH));
    assertThat(owners.asOf(ALL_WATER, DEVICE, registered.minusNanos(1000))).isEmpty();
    assertThat(owners.asOf(ALL_WATER, DEVICE, registered)).contains(NORTH);
    assertThat(owners.asOf(ALL_WATER, DEVICE, MORNING.minusNanos(1000))).contains(NORTH);
    assertThat(owners.asOf(ALL_WATER, DEVICE, MORNING)).contains(SOUTH);
    assertThat(owners.asOf(ALL_WATER, DEVICE, NOON.minusNanos(1000))).contains(SOUTH);
    assertThat(owners.asOf(ALL_WATER, DEVICE, NOON)).contains(NORTH);
    assertThat(owners.asOf(ALL_WATER, DEVICE, EVENING)).contains(NORTH);
  }

  @Test
  void devicesAreFoundByTheirNumbers() throws Exception {
    String serial = database.value("select serial from device where id = 1");
    String heats = database.value("select serial from device where id = 2");
    transfer(DEVICE, SOUTH, NOON);
    assertThat(owners.find(ALL_WATER, List.of(Long.valueOf(serial), Long.valueOf(heats), 77L)))
        .extracting(
            DeviceOwners.Owned::device, DeviceOwners.Owned::organisation, DeviceOwners.Owned::since)
        .containsExactly(org.assertj.core.api.Assertions.tuple(DEVICE, SOUTH, NOON));
    database.execute("update device set imei = 860000000000001 where id = 1");
    assertThat(owners.find(ALL_WATER, List.of(860000000000001L))).hasSize(1);
    assertThat(owners.find(ALL_WATER, List.of())).isEmpty();
  }

  @Test
  void aTransferIsInTheAudit() throws Exception {
    transfer(DEVICE, SOUTH, NOON);
    assertThat(database.value("select concat_ws('|', login, action, object, after) from audit"))
        .isEqualTo(
            "manager|DEVICES_TRANSFERRED|organisation 3|count=1\nids=1\nsince=2030-02-15T12:00:00Z");
  }

  @Test
  void whoOwnedItBeforeSeesItNoMore() throws Exception {
    transfer(DEVICE, SOUTH, NOON);
    assertThat(owners.asOf(new Scope(NORTH, false), DEVICE, MORNING)).isEmpty();
    assertThat(owners.asOf(new Scope(SOUTH, false), DEVICE, MORNING)).contains(NORTH);
    assertThat(database.value("select group_id from device where id = 1")).isNull();
  }

  @Test
  void aTransferBeforeTheLastOneIsLeftOut() {
    transfer(DEVICE, SOUTH, NOON);
    assertThat(transfer(DEVICE, NORTH, NOON)).isZero();
    assertThat(transfer(DEVICE, NORTH, MORNING)).isZero();
    assertThat(transfer(DEVICE, SOUTH, EVENING)).as("its owner already").isZero();
    assertThat(owners.history(ALL_WATER, DEVICE)).hasSize(2);
    assertThatThrownBy(() -> transfer(DEVICE, NORTH, EVENING.plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingCrossesTheBorderOfTheTree() {
    assertThat(transfer(HEATS, NORTH, NOON)).as("another's device").isZero();
    assertThat(transfer(DEVICE, HEAT, NOON)).as("to another").isZero();
    assertThat(transfer(DEVICE, new OrganisationId(99), NOON)).as("to nobody").isZero();
    assertThat(transfer(new DeviceId(3), NORTH, NOON)).as("nobody's").isZero();
    assertThat(owners.history(ALL_WATER, HEATS)).isEmpty();
    assertThatThrownBy(
            () ->
                owners.transfer(
                    new Caller(1, "x", "", ALL_WATER, Set.of(Permission.REGISTER)),
                    List.of(DEVICE),
                    SOUTH,
                    NOON))
        .isInstanceOf(NotPermittedException.class)
        .hasMessage("not permitted: MANAGE_ORGANISATIONS");
  }

  @Test
  void registeringAndLettingGoAreNotedToo() throws Exception {
    database.execute("update device set organisation_id = 3, state = 'REGISTERED' where id = 3");
    DeviceId third = new DeviceId(3);
    Instant since = owners.history(ALL_WATER, third).get(0).since();
    database.execute(
        "update device set organisation_id = null, state = 'UNREGISTERED' where id = 3");
    Scope everything = new Scope(HEAT, true);
    assertThat(owners.history(everything, third))
        .extracting(Period::organisation)
        .containsExactly(SOUTH, null);
    assertThat(owners.asOf(everything, third, since)).contains(SOUTH);
    assertThat(owners.asOf(everything, third, EVENING)).isEmpty();
  }

  private int transfer(DeviceId device, OrganisationId to, Instant since) {
    Caller manager =
        new Caller(1, "manager", "", ALL_WATER, Set.of(Permission.MANAGE_ORGANISATIONS));
    return owners.transfer(manager, List.of(device), to, since);
  }
}
