package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kvantenergo.device.internal.RegistryRig.NORTH;
import static org.kvantenergo.device.internal.RegistryRig.OPERATOR;
import static org.kvantenergo.device.internal.RegistryRig.SOUTH;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRegistration.Conflict;
import org.kvantenergo.device.DeviceRegistration.Example;
import org.kvantenergo.device.DeviceRegistration.Finding;
import org.kvantenergo.device.DeviceRegistration.Into;
import org.kvantenergo.device.DeviceRegistration.Rule;
import org.kvantenergo.device.DeviceRow.Kind;
import org.kvantenergo.event.Event;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;

class SqlDeviceRegistrationTest {

  private static final Caller ENGINEER = RegistryRig.of(OPERATOR);
  private static final Into NORTHERN = new Into(NORTH, new GroupId(1), "");
  private static final Rule ALL = new Rule(Kind.MODULE, 1L, null, null, null, null);

  private final RegistryRig rig = new RegistryRig(TestDatabase.create());

  @BeforeEach
  void strangers() throws Exception {
    rig.organisations();
    rig.database.execute(
        """
        insert into device (id, organisation_id, kind, state, imei, serial, model)
          overriding system value values
          (10, 3, 'MODULE', 'REGISTERED', 860000000000010, 210, 642),
          (11, 3, 'MODULE', 'BLOCKED', 860000000000011, 211, 642),
          (12, 3, 'MODULE', 'RETIRED', 860000000000001, 201, 642);
        insert into device (id, kind, state, imei, serial, model, created_at, comment)
          overriding system value values
          (1, 'MODULE', 'UNREGISTERED', 860000000000001, 201, 0, '2026-05-01T10:00:00Z', 'подвал'),
          (2, 'MODULE', 'UNREGISTERED', 860000000000002, 202, 0, now(), ''),
          (3, 'MODULE', 'UNREGISTERED', 860000000000003, 210, 0, now(), ''),
          (4, 'MODULE', 'UNREGISTERED', 860000000000011, 204, 0, now(), ''),
          (5, 'MODULE', 'UNREGISTERED', 860000000000005, 205, 0, now(), ''),
          (6, 'MODULE', 'UNREGISTERED', 860000000000006, 205, 0, now(), ''),
          (7, 'BASE_STATION', 'UNREGISTERED', 860000000000007, 207, 0, now(), ''),
          (8, 'BLOCK', 'UNREGISTERED', 0, 208, 0, now(), '');
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at)
          values (1, 1, 5, 642, '', now()), (2, 2, 5, 643, '', now());
        """);
  }

  private String row(long id) throws Exception {
    return rig.database.value(
        """
        select concat_ws(' ', state, organisation_id, group_id, model, comment,
          to_char(commissioned_at at time zone 'UTC', 'YYYY-MM-DD'))
        from device where id = %d
        """
            .formatted(id));
  }

  @Test
  void oneIsRegisteredWithItsArchiveAndItsModel() throws Exception {
    Finding done = rig.registration.register(ENGINEER, List.of(new DeviceId(1)), NORTHERN);
    assertThat(done).isEqualTo(new Finding(1, 1, Map.of(), List.of(), 0, 0));
    assertThat(row(1)).isEqualTo("REGISTERED 2 1 642 подвал 2026-05-01");
    assertThat(rig.database.value("select organisation_id from device_owner where device_id = 1"))
        .isEqualTo("2");
    assertThat(rig.events).containsExactly(new Event.DevicesChanged(List.of(new DeviceId(1))));
    assertThat(rig.audited())
        .isEqualTo(
            "DEVICES_REGISTERED [devices] state=UNREGISTERED -> "
                + "comment= count=1 group=1 owner=2 serials=201");
  }

  @Test
  void aNewCommentTakesThePlaceOfTheOld() throws Exception {
    Into commented = new Into(NORTH, null, " кв. 15 ");
    rig.registration.register(ENGINEER, List.of(new DeviceId(1)), commented);
    assertThat(row(1)).isEqualTo("REGISTERED 2 642 кв. 15 2026-05-01");
  }

  @Test
  void whoIsInConflictStaysAndIsTold() throws Exception {
    Finding tried = rig.registration.tryRule(ENGINEER, ALL, NORTHERN);
    Finding expected =
        new Finding(
            6,
            2,
            Map.of(Conflict.SERIAL_TAKEN, 1L, Conflict.IMEI_TAKEN, 1L, Conflict.TWICE, 2L),
            List.of(
                new Example(Conflict.IMEI_TAKEN, 860000000000011L, 204),
                new Example(Conflict.TWICE, 860000000000005L, 205),
                new Example(Conflict.TWICE, 860000000000006L, 205),
                new Example(Conflict.SERIAL_TAKEN, 860000000000003L, 210)),
            1,
            2);
    assertThat(tried).isEqualTo(expected);
    assertThat(row(1)).isEqualTo("UNREGISTERED 0 подвал");
    assertThat(rig.registration.applyRule(ENGINEER, ALL, NORTHERN)).isEqualTo(expected);
    assertThat(row(1)).isEqualTo("REGISTERED 2 1 642 подвал 2026-05-01");
    assertThat(row(2)).startsWith("REGISTERED 2 1 643");
    assertThat(
            rig.database.value(
                "select string_agg(id::text, ' ' order by id) from device"
                    + " where state = 'UNREGISTERED'"))
        .isEqualTo("3 4 5 6 7 8");
    assertThat(rig.audited())
        .isEqualTo(
            "DEVICES_REGISTERED [rule: MODULE, imei 1..] state=UNREGISTERED -> "
                + "comment= count=2 group=1 owner=2 serials=201 202");
  }

  @Test
  void rulesLimitByNumbersModelAndKind() {
    assertThat(matched(new Rule(Kind.MODULE, 860000000000002L, 860000000000003L, null, null, null)))
        .isEqualTo(2);
    assertThat(matched(new Rule(Kind.MODULE, null, null, 201L, 202L, null))).isEqualTo(2);
    assertThat(matched(new Rule(Kind.MODULE, null, null, 201L, 202L, 643))).isEqualTo(1);
    assertThat(matched(new Rule(Kind.BASE_STATION, null, null, 1L, null, null))).isEqualTo(1);
    assertThat(matched(new Rule(Kind.BLOCK, null, null, 208L, 208L, null))).isEqualTo(1);
    assertThatThrownBy(() -> matched(new Rule(Kind.BLOCK, null, null, null, null, null)))
        .isInstanceOf(DeviceRefusedException.class)
        .hasMessage("refused: VALUE");
    assertThatThrownBy(() -> matched(new Rule(Kind.BLOCK, null, null, 9L, 8L, null)))
        .hasMessage("refused: VALUE");
  }

  private long matched(Rule rule) {
    return rig.registration.tryRule(ENGINEER, rule, NORTHERN).matched();
  }

  @Test
  void whoDoesNotRunTheInstallationFindsNobody() throws Exception {
    Caller northern = RegistryRig.of(NORTH);
    assertThat(rig.registration.register(northern, List.of(new DeviceId(1)), NORTHERN).matched())
        .isZero();
    assertThat(rig.registration.applyRule(northern, ALL, NORTHERN))
        .isEqualTo(new Finding(0, 0, Map.of(), List.of(), 0, 0));
    assertThat(row(1)).isEqualTo("UNREGISTERED 0 подвал");
    assertThat(rig.database.value("select count(*) from audit")).isEqualTo("0");
  }

  @Test
  void theGroupIsTheOwners() {
    Into mixed = new Into(SOUTH, new GroupId(1), "");
    assertThatThrownBy(() -> rig.registration.register(ENGINEER, List.of(new DeviceId(1)), mixed))
        .hasMessage("refused: UNKNOWN");
    Into northern = new Into(SOUTH, null, "");
    assertThatThrownBy(() -> rig.registration.tryRule(RegistryRig.of(NORTH), ALL, northern))
        .hasMessage("refused: UNKNOWN");
  }

  @Test
  void aHundredThousandGoInOneTransaction() throws Exception {
    rig.database.execute(
        """
        insert into device (id, kind, state, imei, serial, model) overriding system value
        select 1000 + n, 'MODULE', 'UNREGISTERED', 870000000000000 + n, 500000000000 + n, 0
        from generate_series(1, 100000) n
        """);
    rig.database.execute("analyze device");
    Rule rule = new Rule(Kind.MODULE, 870000000000001L, 870000000100000L, null, null, null);
    long begun = System.nanoTime();
    Finding tried = rig.registration.tryRule(ENGINEER, rule, NORTHERN);
    long checked = System.nanoTime();
    Finding done =
        rig.database.inTransaction(() -> rig.registration.applyRule(ENGINEER, rule, NORTHERN));
    System.out.printf(
        "100,000 devices by a rule: tried in %d ms, registered in %d ms%n",
        (checked - begun) / 1_000_000, (System.nanoTime() - checked) / 1_000_000);
    assertThat(done)
        .isEqualTo(tried)
        .isEqualTo(new Finding(100_000, 100_000, Map.of(), List.of(), 0, 0));
    assertThat(rig.database.value("select count(*) from device where group_id = 1"))
        .isEqualTo("100000");
    assertThat(rig.database.value("select count(*) from device_owner where organisation_id = 2"))
        .isEqualTo("100000");
    assertThat(rig.events).hasSize(10);
  }
}
