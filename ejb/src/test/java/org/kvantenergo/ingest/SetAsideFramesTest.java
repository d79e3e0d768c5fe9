package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.setaside.FailedFrame;
import org.kvantenergo.setaside.FrameContent;
import org.kvantenergo.setaside.SetAsideDetail;
import org.kvantenergo.setaside.SetAsideFrames.Which;
import org.kvantenergo.setaside.SetAsideRow;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** What people see of frames that were set aside, and who sees which. */
class SetAsideFramesTest {

  private static final Instant NOW = Instant.parse("2021-02-15T12:00:00Z");
  private static final Slice TEN = new Slice(0, 10);
  private static final long STATION = 207900009001L;
  private static final long BLOCK = 207900009999L;
  private static final Info INFO =
      new Info(1, 9, 60, -85, 2, 3, "internet.mts.ru", "mts", "secret");
  private static final DeviceClaim MODULE =
      new DeviceClaim(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2);

  private final IngestRig rig = new IngestRig();
  private Scope runs;
  private Scope water;

  @BeforeEach
  void register() throws Exception {
    runs = new Scope(organisation("Квант", true), true);
    water = new Scope(organisation("Водоканал", false), false);
    rig.registry.register(
        water.organisation(),
        rig.registry.group(water.organisation(), "642M_MTS", 1),
        List.of(
            new NewDevice(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, NOW),
            new NewDevice(DeviceRow.Kind.BASE_STATION, 0, STATION, 900, NOW),
            new NewDevice(DeviceRow.Kind.BLOCK, 0, BLOCK, 643, NOW)));
  }

  @Test
  void theOwnerSeesItWithEverythingThatIsKnown() {
    Reading sent = Fleet.recorded().get(0).reading();
    keep(MODULE, 0, new Readings(List.of(sent)));
    Page<SetAsideRow> page = rig.asideFrames.list(water, Which.WAITING, TEN);
    assertThat(page.total()).isEqualTo(1);
    SetAsideRow row = page.rows().get(0);
    assertThat(row)
        .isEqualTo(
            new SetAsideRow(
                row.id(),
                NOW,
                Fleet.IMEI_2,
                Fleet.SERIAL_2,
                SetAsideRow.Type.READINGS,
                1,
                "23514",
                "no",
                0,
                row.nextTryAt(),
                null));
    SetAsideDetail detail = rig.asideFrames.find(water, row.id()).orElseThrow();
    assertThat(detail.row()).isEqualTo(row);
    assertThat(detail.sessionId()).isEqualTo(77);
    assertThat(detail.node()).isEqualTo("node-1");
    assertThat(detail.remoteAddress()).isEqualTo("127.0.0.1:40000");
    assertThat(detail.stationSerial()).isZero();
    assertThat(detail.payload()).isEqualTo(PacketEncoder.payload(new Readings(List.of(sent))));
    assertThat(detail.content())
        .isEqualTo(
            new FrameContent.OfReadings(
                List.of(
                    new FrameContent.Entry(
                        sent.recordNumber(),
                        Instant.ofEpochSecond(sent.moduleTime()),
                        Instant.ofEpochSecond(sent.meterTime()),
                        sent.reading(),
                        sent.resource(),
                        sent.temperature(),
                        sent.battery(),
                        sent.status()))));
  }

  @Test
  void nobodyElseSeesOrHurriesIt() throws Exception {
    Scope heat = new Scope(organisation("Теплосеть", false), false);
    keep(MODULE, 0, INFO);
    long id = only(water).id();
    assertThat(rig.asideFrames.waiting(heat)).isZero();
    assertThat(rig.asideFrames.list(heat, Which.ALL, TEN)).isEqualTo(new Page<>(List.of(), 0));
    assertThat(rig.asideFrames.find(heat, id)).isEmpty();
    assertThat(rig.asideFrames.retryNow(operator(heat), List.of(id))).isZero();
    assertThat(rig.asideFrames.retryAllNow(operator(heat), List.of())).isZero();
    assertThat(rig.asideFrames.find(runs, id)).as("the installation's see all").isPresent();
  }

  @Test
  void whoMayNotHurriesNothing() {
    keep(MODULE, 0, INFO);
    long id = only(water).id();
    Caller observer = new Caller(2, "observer", "", water, Set.of(Permission.READ_DEVICES));
    assertThatThrownBy(() -> rig.asideFrames.retryNow(observer, List.of(id)))
        .isInstanceOf(NotPermittedException.class)
        .hasMessage("not permitted: RETRY_FRAMES");
    assertThatThrownBy(() -> rig.asideFrames.retryAllNow(observer, List.of()))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void whatNoRegisteredDeviceClaimsIsTheInstallations() {
    keep(new DeviceClaim(DeviceRow.Kind.MODULE, 868333030969634L, Fleet.SERIAL_2), 0, INFO);
    keep(new DeviceClaim(DeviceRow.Kind.BASE_STATION, 0, 5), BLOCK, INFO);
    keep(MODULE, true, 0, INFO);
    assertThat(rig.asideFrames.waiting(water)).isZero();
    assertThat(rig.asideFrames.waiting(runs)).isEqualTo(3);
    assertThat(rig.asideFrames.waiting(new Scope(runs.organisation(), false))).isZero();
  }

  private static Caller operator(Scope scope) {
    return new Caller(1, "operator", "", scope, Set.of(Permission.RETRY_FRAMES));
  }

  @Test
  void aRelayedOneIsTheBlocksAndNamesItsStation() {
    keep(
        new DeviceClaim(DeviceRow.Kind.BASE_STATION, 868333030969600L, STATION),
        BLOCK,
        new CommandResult(4_000_000_000L, 2));
    SetAsideRow row = only(water);
    assertThat(row.serial()).isEqualTo(BLOCK);
    assertThat(row.imei()).isZero();
    assertThat(row.type()).isEqualTo(SetAsideRow.Type.COMMAND_RESULT);
    SetAsideDetail detail = rig.asideFrames.find(water, row.id()).orElseThrow();
    assertThat(detail.stationSerial()).isEqualTo(STATION);
    assertThat(detail.content()).isEqualTo(new FrameContent.OfResult(4_000_000_000L, 2));
  }

  @Test
  void infoShowsNoLoginAndNoPassword() {
    keep(MODULE, 0, INFO);
    SetAsideDetail detail = rig.asideFrames.find(water, only(water).id()).orElseThrow();
    assertThat(detail.content())
        .isEqualTo(new FrameContent.OfInfo(1, 9, 60, -85, 2, 3, "internet.mts.ru"));
    assertThat(detail.payload()).isEmpty();
    assertThat(detail.row().records()).isZero();
  }

  @Test
  void hurriedAreTheseOrAllButThese() throws Exception {
    for (int i = 0; i < 4; i++) {
      keep(MODULE, 0, new CommandResult(i, 0));
    }
    List<Long> ids =
        rig.asideFrames.list(water, Which.WAITING, TEN).rows().stream()
            .map(SetAsideRow::id)
            .toList();
    assertThat(rig.asideFrames.retryNow(operator(water), ids.subList(0, 1))).isEqualTo(1);
    assertThat(rig.asideFrames.retryNow(operator(water), ids.subList(0, 1)))
        .as("its turn already")
        .isZero();
    assertThat(rig.asideFrames.retryAllNow(operator(water), ids.subList(1, 2))).isEqualTo(2);
    rig.aside.stored(ids.get(3), 9);
    assertThat(rig.asideFrames.retryAllNow(operator(water), List.of()))
        .as("stored is done")
        .isEqualTo(1);
  }

  @Test
  void listsAreNewestFirstByStateAndInSlices() throws Exception {
    for (int i = 0; i < 3; i++) {
      keep(MODULE, 0, new CommandResult(i, 0));
    }
    List<SetAsideRow> all = rig.asideFrames.list(water, Which.ALL, TEN).rows();
    assertThat(all).extracting(SetAsideRow::id).containsExactly(3L, 2L, 1L);
    rig.aside.stored(2, 9);
    Page<SetAsideRow> stored = rig.asideFrames.list(water, Which.STORED, TEN);
    assertThat(stored.total()).isEqualTo(1);
    assertThat(stored.rows().get(0).id()).isEqualTo(2);
    assertThat(stored.rows().get(0).nextTryAt()).isNull();
    assertThat(stored.rows().get(0).storedAt()).isNotNull();
    assertThat(stored.rows().get(0).attempts()).isEqualTo(1);
    Page<SetAsideRow> second = rig.asideFrames.list(water, Which.WAITING, new Slice(1, 1));
    assertThat(second.total()).isEqualTo(2);
    assertThat(second.rows()).extracting(SetAsideRow::id).containsExactly(1L);
    assertThat(rig.asideFrames.waiting(water)).isEqualTo(2);
  }

  @Test
  void pausesGrowFromTenSecondsToADay() throws Exception {
    keep(MODULE, 0, INFO);
    StringBuilder pauses = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      pauses.append(pause()).append(' ');
      rig.aside.failedAgain(1, "23514", "still no");
    }
    assertThat(pauses.append(pause()))
        .hasToString("00:00:10 00:01:00 00:10:00 01:00:00 1 day 1 day 1 day 1 day");
  }

  @Test
  void whatCannotBeReadKeepsNobodyWaiting() throws Exception {
    keep(MODULE, 0, new CommandResult(1, 0));
    rig.database.execute(
        "update ingest_failed set payload = '\\x00', next_try_at = now() - interval '1 hour'");
    keep(MODULE, 0, INFO);
    rig.database.execute("update ingest_failed set next_try_at = now() where id = 2");
    assertThat(rig.database.inTransaction(rig.second::next)).isTrue();
    assertThat(rig.database.inTransaction(rig.second::next)).isTrue();
    assertThat(rig.database.inTransaction(rig.second::next)).isFalse();
    assertThat(
            rig.database.value(
                "select string_agg(concat_ws(' ', id, attempts, stored_at is not null, message),"
                    + " ',' order by id) from ingest_failed"))
        .isEqualTo("1 1 f 5 bytes expected at 0, 1 there,2 1 t no");
  }

  private String pause() throws Exception {
    return rig.database.value(
        "select case when rest > interval '23 hours' then '1 day' else rest::text end from (select"
            // To ten seconds: some of it is over when it is asked for.
            + " date_trunc('minute', next_try_at - now()) + make_interval(secs => round("
            + "extract(second from next_try_at - now()), -1)) as rest from ingest_failed) p");
  }

  private SetAsideRow only(Scope scope) {
    return rig.asideFrames.list(scope, Which.ALL, TEN).rows().get(0);
  }

  private void keep(DeviceClaim claim, long block, Packet.Uplink packet) {
    keep(claim, false, block, packet);
  }

  private void keep(DeviceClaim claim, boolean unproven, long block, Packet.Uplink packet) {
    rig.aside.keep(
        List.of(
            new FailedFrame(
                NOW,
                claim,
                null,
                unproven,
                block,
                77,
                "node-1",
                "127.0.0.1:40000",
                packet.type(),
                PacketEncoder.payload(packet),
                7,
                0,
                "23514",
                "no")));
  }

  private OrganisationId organisation(String name, boolean runs) throws Exception {
    return new OrganisationId(
        Long.parseLong(
            rig.database.value(
                "insert into organisation (name, runs_installation) values ('%s', %s) returning id"
                    .formatted(name, runs))));
  }
}
