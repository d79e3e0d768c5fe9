package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kvantenergo.device.internal.RegistryRig.NORTH;
import static org.kvantenergo.device.internal.RegistryRig.OPERATOR;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.DeviceChanges.Profile;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;

class SqlDeviceChangesTest {

  private static final Caller NORTHERN = RegistryRig.of(NORTH);
  private static final DeviceId DEVICE = new DeviceId(1);
  private static final DeviceId SOUTHERN = new DeviceId(2);
  private static final Instant MAY = Instant.parse("2026-05-01T10:00:00Z");

  private final RegistryRig rig = new RegistryRig(TestDatabase.create());

  @BeforeEach
  void devices() throws Exception {
    rig.organisations();
    rig.database.execute(
        """
        insert into device (organisation_id, group_id, kind, state, imei, serial, model)
          values (2, 1, 'MODULE', 'REGISTERED', 101, 201, 642),
                 (3, 2, 'MODULE', 'REGISTERED', 102, 202, 642);
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at)
          values (1, 7, 5, 642, '', now());
        insert into device_session (id, device_id, node, remote_address, opened_at, protocol, model,
          firmware, iccid) values (7, 1, 'node-1', '127.0.0.1:4', now(), 5, 642, 1, '');
        """);
  }

  private String row(long id) throws Exception {
    return rig.database.value(
        """
        select concat_ws(' ', state, organisation_id, group_id, model, comment, commissioned_at is null)
        from device where id = %d
        """
            .formatted(id));
  }

  private String endedSessions() throws Exception {
    return rig.database.value(
        "select coalesce(string_agg(session_id || '@' || node, ' '), '') from session_takeover");
  }

  @Test
  void whatIsEditedIsNotedBeforeAndAfter() throws Exception {
    change(DEVICE, new Profile(null, " кв. 15 ", 643, MAY));
    assertThat(row(1)).isEqualTo("REGISTERED 2 643 кв. 15 f");
    assertThat(rig.audited())
        .isEqualTo(
            "DEVICE_CHANGED [device 1, serial 201] comment= commissioned= group=1 model=642 -> "
                + "comment=кв. 15 commissioned=2026-05-01T10:00:00Z group= model=643");
    change(DEVICE, new Profile(new GroupId(1), "", 0, null));
    assertThat(row(1)).isEqualTo("REGISTERED 2 1 0  t");
  }

  @Test
  void whatCannotBeIsRefused() throws Exception {
    refused("VALUE", new Profile(null, "x".repeat(501), 642, null));
    refused("VALUE", new Profile(null, "", 65536, null));
    refused("UNKNOWN", new Profile(new GroupId(2), "", 642, null));
    assertThatThrownBy(
            () ->
                rig.changes.change(
                    NORTHERN,
                    SOUTHERN,
                    new Profile(new GroupId(2), "", 642, null),
                    new Profile(null, "", 642, null)))
        .hasMessage("refused: UNKNOWN");
    assertThat(row(1)).isEqualTo("REGISTERED 2 1 642  t");
  }

  /** By somebody who has just looked. */
  private void change(DeviceId device, Profile profile) {
    Profile shown = rig.book.find(NORTHERN, device).orElseThrow().profile();
    rig.changes.change(NORTHERN, device, shown, profile);
  }

  @Test
  void whoWasSlowerOverwritesNothing() throws Exception {
    Profile shown = rig.book.find(NORTHERN, DEVICE).orElseThrow().profile();
    rig.changes.change(NORTHERN, DEVICE, shown, new Profile(new GroupId(1), "щитовая", 642, null));
    assertThatThrownBy(
            () ->
                rig.changes.change(
                    NORTHERN, DEVICE, shown, new Profile(new GroupId(1), "", 643, MAY)))
        .hasMessage("refused: CHANGED");
    assertThat(row(1)).isEqualTo("REGISTERED 2 1 642 щитовая t");
    assertThat(rig.audited()).contains("comment=щитовая");
    // A block is no editing.
    Profile now = rig.book.find(NORTHERN, DEVICE).orElseThrow().profile();
    rig.changes.block(NORTHERN, DEVICE, true, "шумит");
    rig.changes.change(NORTHERN, DEVICE, now, new Profile(new GroupId(1), "щитовая", 643, MAY));
    assertThat(row(1)).isEqualTo("BLOCKED 2 1 643 щитовая f");
  }

  private void refused(String reason, Profile profile) {
    assertThatThrownBy(() -> change(DEVICE, profile))
        .isInstanceOf(DeviceRefusedException.class)
        .hasMessage("refused: " + reason);
  }

  @Test
  void aBlockEndsTheSessionAndIsTakenAwayAgain() throws Exception {
    rig.changes.block(NORTHERN, DEVICE, true, " шумит ");
    assertThat(row(1)).startsWith("BLOCKED 2 1");
    assertThat(endedSessions()).isEqualTo("7@node-1");
    assertThat(rig.audited())
        .isEqualTo(
            "DEVICE_BLOCKED [device 1, serial 201] state=REGISTERED -> reason=шумит state=BLOCKED");
    rig.changes.block(NORTHERN, DEVICE, true, "ещё раз");
    assertThat(rig.audited()).contains("reason=шумит");
    rig.changes.block(NORTHERN, DEVICE, false, "починен");
    assertThat(row(1)).startsWith("REGISTERED 2 1");
    assertThat(rig.audited()).startsWith("DEVICE_UNBLOCKED");
    assertThatThrownBy(() -> rig.changes.block(NORTHERN, DEVICE, true, " "))
        .hasMessage("refused: VALUE");
    assertThatThrownBy(() -> rig.changes.block(NORTHERN, SOUTHERN, true, "не мой"))
        .hasMessage("refused: UNKNOWN");
  }

  @Test
  void aMistakeIsUndoneAndItsOwnerStaysInTheHistory() throws Exception {
    rig.keys.set(DEVICE, new byte[32]);
    rig.database.execute(
        """
        insert into command (device_id, code, arguments, created_by, expires_at, attempts_allowed)
          values (1, 4, '', 'x', '2100-01-01', 3)
        """);
    rig.changes.unregister(NORTHERN, DEVICE, "чужой модуль");
    assertThat(row(1)).isEqualTo("UNREGISTERED 642  t");
    assertThat(endedSessions()).isEqualTo("7@node-1");
    assertThat(rig.database.value("select count(*) from device_key")).isEqualTo("0");
    assertThat(rig.database.value("select count(*) from command where state = 'QUEUED'"))
        .isEqualTo("0");
    assertThat(
            rig.database.value(
                """
                select string_agg(coalesce(organisation_id::text, 'nobody'), ' ' order by since)
                from device_owner where device_id = 1
                """))
        .isEqualTo("2 nobody");
    assertThat(rig.audited())
        .isEqualTo(
            "DEVICE_UNREGISTERED [device 1, serial 201] owner=2 state=REGISTERED -> "
                + "reason=чужой модуль state=UNREGISTERED");
    assertThat(rig.book.find(NORTHERN, DEVICE)).isEmpty();
    assertThat(rig.book.find(RegistryRig.of(OPERATOR), DEVICE)).isPresent();
    assertThatThrownBy(() -> rig.changes.unregister(RegistryRig.of(OPERATOR), DEVICE, "опять"))
        .hasMessage("refused: STATE");
  }

  @Test
  void onAMeterItStays() throws Exception {
    rig.database.execute(
        """
        insert into meter (organisation_id, resource, type, serial)
          values (2, 'COLD_WATER', 'СГВ', '1');
        insert into meter_device values (1, 1, tstzrange('2026-01-01', null));
        """);
    assertThatThrownBy(() -> rig.changes.unregister(NORTHERN, DEVICE, "ошибка"))
        .hasMessage("refused: ON_METER");
    assertThat(row(1)).startsWith("REGISTERED 2 1");
    rig.database.execute("update meter_device set valid = tstzrange('2026-01-01', '2026-02-01')");
    rig.changes.unregister(NORTHERN, DEVICE, "ошибка");
    assertThat(row(1)).startsWith("UNREGISTERED");
  }

  @Test
  void whatWasApartUnderTheSameIdentityJoinsIt() throws Exception {
    rig.database.execute(
        """
        insert into device (id, kind, state, imei, serial, model)
          overriding system value values (40, 'MODULE', 'UNREGISTERED', 101, 201, 0)
        """);
    rig.changes.unregister(NORTHERN, DEVICE, "чужой модуль");
    assertThat(
            rig.database.value("select string_agg(id::text, ' ') from device where serial = 201"))
        .isEqualTo("1");
    assertThat(rig.database.value("select device_id from device_alias where id = 40"))
        .isEqualTo("1");
  }

  @Test
  void groupsAreMadeRenamedMovedAndRemoved() throws Exception {
    GroupId second = rig.groups.add(NORTHERN, NORTH, " Школы ");
    GroupId third = rig.groups.add(NORTHERN, NORTH, "Дачи");
    assertThat(names()).containsExactly("Дома 1", "Школы 0", "Дачи 0");
    rig.groups.move(NORTHERN, third, true);
    rig.groups.move(NORTHERN, third, true);
    rig.groups.move(NORTHERN, third, true);
    assertThat(names()).containsExactly("Дачи 0", "Дома 1", "Школы 0");
    assertThat(rig.audited())
        .isEqualTo("GROUP_CHANGED [group Дачи of organisation 2] place=2 -> place=1");
    rig.groups.move(NORTHERN, second, false);
    rig.groups.rename(NORTHERN, second, "Детские сады");
    assertThat(rig.audited())
        .isEqualTo("GROUP_CHANGED [group Школы of organisation 2] name=Школы -> name=Детские сады");
    assertThatThrownBy(() -> rig.groups.rename(NORTHERN, second, "Дома"))
        .hasMessage("refused: EXISTS");
    assertThatThrownBy(() -> rig.groups.add(NORTHERN, NORTH, "Дома")).hasMessage("refused: EXISTS");
    assertThatThrownBy(() -> rig.groups.add(NORTHERN, NORTH, " ")).hasMessage("refused: VALUE");
    assertThatThrownBy(() -> rig.groups.remove(NORTHERN, new GroupId(1)))
        .hasMessage("refused: NOT_EMPTY");
    rig.groups.remove(NORTHERN, third);
    assertThat(names()).containsExactly("Дома 1", "Детские сады 0");
    assertThat(rig.audited())
        .isEqualTo("GROUP_REMOVED [group Дачи of organisation 2] name=Дачи -> ");
    assertThatThrownBy(() -> rig.groups.remove(NORTHERN, new GroupId(2)))
        .hasMessage("refused: UNKNOWN");
    assertThat(rig.groups.list(NORTHERN, new OrganisationId(3))).isEmpty();
  }

  private List<String> names() {
    return rig.groups.list(NORTHERN, NORTH).stream()
        .map(g -> g.name() + " " + g.devices())
        .toList();
  }

  @Test
  void keysAreGivenChangedAndTakenAwayAndNeverTold() throws Exception {
    byte[] made = rig.keyring.make(NORTHERN, DEVICE);
    assertThat(made).hasSize(32);
    assertThat(rig.keys.heldSince(DEVICE, Instant.now().plusSeconds(60))).contains(made);
    assertThat(rig.audited()).isEqualTo("KEY_SET [device 1, serial 201] key=none -> key=held");
    assertThat(endedSessions()).isEqualTo("7@node-1");
    long version = rig.keys.version();
    byte[] other = new byte[32];
    other[5] = 9;
    rig.keyring.set(NORTHERN, DEVICE, other);
    assertThat(rig.keys.heldSince(DEVICE, Instant.now().plusSeconds(60))).contains(other);
    assertThat(rig.keys.version()).isEqualTo(version + 1);
    assertThat(rig.audited()).isEqualTo("KEY_ROTATED [device 1, serial 201] key=held -> key=held");
    rig.keyring.remove(NORTHERN, DEVICE);
    assertThat(rig.audited()).isEqualTo("KEY_REMOVED [device 1, serial 201] key=held -> key=none");
    assertThat(rig.keys.version()).isEqualTo(version + 2);
    assertThat(rig.keys.all()).isEmpty();
    assertThatThrownBy(() -> rig.keyring.remove(NORTHERN, DEVICE)).hasMessage("refused: STATE");
    assertThatThrownBy(() -> rig.keyring.set(NORTHERN, DEVICE, new byte[31]))
        .hasMessage("refused: VALUE");
    assertThatThrownBy(() -> rig.keyring.make(NORTHERN, SOUTHERN)).hasMessage("refused: UNKNOWN");
    rig.database.execute("update device set kind = 'BLOCK', imei = 0 where id = 1");
    assertThatThrownBy(() -> rig.keyring.make(NORTHERN, DEVICE)).hasMessage("refused: KIND");
  }
}
