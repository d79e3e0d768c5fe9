package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandQueue;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRegistration.Into;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.DeviceSearch;
import org.kvantenergo.device.internal.RegistryRig;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.command.DeviceCommand;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck.Result;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Readings;

/** What people decide of devices while these have sessions open. */
class SwapTest {

  private static final Instant NOW = Instant.parse("2021-02-15T11:00:00Z");
  private static final long NEW_IMEI = 868333030960001L;
  private static final long NEW_SERIAL = 207900005555L;
  private static final long STATION = 207900009001L;
  private static final long BLOCK = 207900009999L;
  private static final DeviceId DEVICE = new DeviceId(100);
  private static final Caller ENGINEER = RegistryRig.of(RegistryRig.OPERATOR);

  private final IngestRig rig = new IngestRig();
  private final RegistryRig people = new RegistryRig(rig.database);

  @BeforeEach
  void oneOfTheNorth() throws Exception {
    people.organisations();
    rig.database.execute(
        """
        insert into device
          (id, organisation_id, group_id, kind, state, imei, serial, model, comment)
          overriding system value values
          (100, 2, 1, 'MODULE', 'REGISTERED', %d, %d, 642, 'подвал')
        """
            .formatted(Fleet.IMEI_2, Fleet.SERIAL_2));
  }

  private Session open(SessionRequest request) throws Exception {
    Session session = new Session(request, rig.admit(request).get(0));
    rig.store(new Delivery.OfStart(session, NOW));
    return session;
  }

  private static Delivery readings(Session session, long block, int... rows) {
    return new Delivery.OfReadings(
        session,
        block,
        NOW,
        new Readings(IntStream.of(rows).mapToObj(r -> Fleet.recorded().get(r).reading()).toList()));
  }

  private List<Reply.Kind> store(Delivery... deliveries) throws Exception {
    return rig.store(deliveries).stream().map(Reply::kind).toList();
  }

  /** The row under which a claim is kept apart. */
  private DeviceId apart(DeviceRow.Kind kind, long imei, long serial) {
    return rig.registry.standings(List.of(new DeviceClaim(kind, imei, serial))).get(0).keptApart();
  }

  private DeviceId apart(long imei, long serial) {
    return apart(DeviceRow.Kind.MODULE, imei, serial);
  }

  private Result hello(long imei, long serial) throws Exception {
    return rig.admit(Fleet.module(imei, serial)).get(0).result();
  }

  private String records() throws Exception {
    return rig.database.value(
        """
        select string_agg(device_id || ':' || n, ' ' order by device_id)
        from (select device_id, count(*) as n from reading group by device_id) r
        """);
  }

  private long same(DeviceId stranger) throws Exception {
    return rig.database.inTransaction(() -> people.swaps.same(ENGINEER, stranger, DEVICE));
  }

  @Test
  void aNewModemsRecordsAreTheDevicesAlsoThoseThatComeLater() throws Exception {
    store(readings(open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2)), 0, 0));
    Session early = new Session(Fleet.module(NEW_IMEI, Fleet.SERIAL_2), admitted(NEW_IMEI));
    Session open = open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2));
    assertThat(open.admission().result()).isEqualTo(Result.NOT_REGISTERED);
    // Row 0 came with the old modem already.
    assertThat(store(readings(open, 0, 0, 1))).containsExactly(Reply.Kind.STORED);
    Session known = open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2));
    DeviceId stranger = apart(NEW_IMEI, Fleet.SERIAL_2);
    assertThat(known.admission().deviceId()).isEqualTo(stranger.value());
    assertThat(people.swaps.records(ENGINEER, stranger)).isEqualTo(2);

    assertThat(same(stranger)).isEqualTo(2);
    assertThat(records()).isEqualTo("100:2");
    assertThat(people.book.find(ENGINEER, stranger)).isEmpty();
    assertThat(people.audited())
        .isEqualTo(
            "DEVICE_MERGED [device 100, serial %1$d] imei=%2$d serial=%1$d -> imei=%3$d records=2 row=%4$d serial=%1$d"
                .formatted(Fleet.SERIAL_2, Fleet.IMEI_2, NEW_IMEI, stranger.value()));

    assertThat(store(readings(known, 0, 2), readings(open, 0, 1), readings(early, 0, 3)))
        .containsExactly(Reply.Kind.STORED, Reply.Kind.STORED_BEFORE, Reply.Kind.STORED);
    assertThat(records()).isEqualTo("100:4");
    assertThat(rig.database.value("select count(distinct device_id) from device_session"))
        .isEqualTo("1");
    assertThat(rig.database.value("select device_id || ' ' || session_id from device_state"))
        .isEqualTo("100 " + known.admission().sessionId());
    assertThat(hello(NEW_IMEI, Fleet.SERIAL_2)).isEqualTo(Result.ACCEPTED);
    assertThat(hello(Fleet.IMEI_2, Fleet.SERIAL_2)).isEqualTo(Result.NOT_REGISTERED);
    assertThat(people.book.past(RegistryRig.of(RegistryRig.NORTH), DEVICE))
        .extracting(p -> p.imei() + " " + p.serial() + " " + p.records())
        .containsExactly(Fleet.IMEI_2 + " " + Fleet.SERIAL_2 + " 2");
    assertThat(people.book.past(RegistryRig.of(RegistryRig.SOUTH), DEVICE)).isEmpty();
  }

  private org.kvantenergo.wire.Admission admitted(long imei) throws Exception {
    return rig.admit(Fleet.module(imei, Fleet.SERIAL_2)).get(0);
  }

  @Test
  void aBatchThatIsBeingStoredIsWaitedFor() throws Exception {
    open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2));
    Session session = open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2));
    DeviceId stranger = apart(NEW_IMEI, Fleet.SERIAL_2);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Long> merged =
          rig.database.inTransaction(
              () -> {
                rig.ingest.store(1, List.of(new Placed(0, readings(session, 0, 5))));
                Future<Long> asked = other.submit(() -> same(stranger));
                awaitWaiting();
                return asked;
              });
      assertThat(merged.get()).isEqualTo(1);
    } finally {
      other.shutdownNow();
    }
    assertThat(records()).isEqualTo("100:1");
  }

  @Test
  void anotherDeviceGoesOnInThePlaceOfTheOld() throws Exception {
    rig.database.execute(
        """
        insert into meter (organisation_id, resource, type, serial)
          values (2, 'COLD_WATER', 'СГВ', '1');
        insert into meter_device values (1, 100, tstzrange('2021-01-01', null));
        """);
    people.keys.set(DEVICE, new byte[32]);
    Session session = open(Fleet.module(Fleet.IMEI_2, NEW_SERIAL));
    assertThat(store(readings(session, 0, 0, 1))).containsExactly(Reply.Kind.STORED);
    DeviceId stranger = apart(Fleet.IMEI_2, NEW_SERIAL);

    rig.database.inTransaction(
        () -> {
          people.swaps.replace(ENGINEER, stranger, DEVICE);
          return null;
        });
    assertThat(device(100)).isEqualTo("RETIRED 2 подвал");
    assertThat(device(stranger.value())).isEqualTo("REGISTERED 2 1 подвал");
    assertThat(
            rig.database.value(
                """
                select string_agg(device_id || ' ' || upper_inf(valid), ', ' order by valid)
                from meter_device
                """))
        .isEqualTo("100 false, " + stranger.value() + " true");
    assertThat(
            rig.database.value(
                """
                select lower(f.valid) = d.created_at from meter_device f
                join device d on d.id = f.device_id where upper_inf(f.valid)
                """))
        .isEqualTo("t");
    assertThat(rig.database.value("select count(*) from device_key")).isEqualTo("0");
    assertThat(store(readings(session, 0, 2))).containsExactly(Reply.Kind.STORED);
    assertThat(records()).isEqualTo(stranger.value() + ":3");
    assertThat(hello(Fleet.IMEI_2, NEW_SERIAL)).isEqualTo(Result.ACCEPTED);
    assertThat(hello(Fleet.IMEI_2, Fleet.SERIAL_2)).isEqualTo(Result.NOT_REGISTERED);
    assertThat(people.book.find(RegistryRig.of(RegistryRig.NORTH), DEVICE)).isPresent();
  }

  @Test
  void whatTheOldDeviceReportedUntilItFellSilentIsTheMeters() throws Exception {
    rig.database.execute(
        """
        insert into meter (organisation_id, resource, type, serial)
          values (2, 'COLD_WATER', 'СГВ', '1');
        insert into meter_device values (1, 100, tstzrange('2020-06-01', null));
        """);
    open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2));
    open(Fleet.module(Fleet.IMEI_2, NEW_SERIAL));
    DeviceId stranger = apart(Fleet.IMEI_2, NEW_SERIAL);
    // It was tried on a bench a year before.
    rig.database.execute(
        "update device set created_at = '2020-02-01' where id = " + stranger.value());
    rig.database.inTransaction(
        () -> {
          people.swaps.replace(ENGINEER, stranger, DEVICE);
          return null;
        });
    assertThat(
            rig.database.value(
                """
                select string_agg(device_id || ' ' || (upper(valid) at time zone 'UTC'), ', ')
                from meter_device where not upper_inf(valid)
                """))
        .isEqualTo("100 2021-02-15 11:00:00");
    assertThat(
            rig.database.value(
                """
                select f.device_id || ' ' || (lower(f.valid) = d.commissioned_at)
                from meter_device f join device d on d.id = f.device_id where upper_inf(f.valid)
                """))
        .isEqualTo(stranger.value() + " true");
  }

  private String device(long id) throws Exception {
    return rig.database.value(
        "select concat_ws(' ', state, organisation_id, group_id, comment) from device where id = "
            + id);
  }

  @Test
  void whatCameWithATagThatNobodyCouldCheckIsTakenIn() throws Exception {
    Session unproven = open(tagged());
    assertThat(unproven.admission().result()).isEqualTo(Result.NOT_REGISTERED);
    store(readings(unproven, 0, 0));
    DeviceId stranger = apart(Fleet.IMEI_2, Fleet.SERIAL_2);
    assertThatThrownBy(() -> people.swaps.replace(ENGINEER, stranger, DEVICE))
        .hasMessage("refused: STATE");
    assertThat(same(stranger)).isEqualTo(1);
    assertThat(records()).isEqualTo("100:1");
    assertThat(hello(Fleet.IMEI_2, Fleet.SERIAL_2)).isEqualTo(Result.ACCEPTED);
    // What is said of the next tag is another decision.
    Session next = open(tagged());
    store(readings(next, 0, 1));
    assertThat(records()).isEqualTo(apart(Fleet.IMEI_2, Fleet.SERIAL_2).value() + ":1 100:1");
  }

  private static SessionRequest tagged() {
    Hello hello = new Hello(DeviceKind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, 261, "", 7);
    Frame frame =
        new Frame(Frame.AUTH, Hello.TYPE, 1, PacketEncoder.payload(hello), new byte[Frame.TAG]);
    return new SessionRequest(hello, frame, "127.0.0.1", 40_000, "node-1", NOW, false);
  }

  @Test
  void aStationThatWasMergedGoesOnRelaying() throws Exception {
    rig.database.execute(
        """
        insert into device (id, organisation_id, kind, state, imei, serial, model)
          overriding system value values (101, 2, 'BASE_STATION', 'REGISTERED', 5, %d, 900)
        """
            .formatted(STATION));
    open(Fleet.request(DeviceKind.BASE_STATION, 6, STATION));
    Session session = open(Fleet.request(DeviceKind.BASE_STATION, 6, STATION));
    store(readings(session, BLOCK, 0));
    DeviceId stranger = apart(DeviceRow.Kind.BASE_STATION, 6, STATION);
    rig.database.inTransaction(() -> people.swaps.same(ENGINEER, stranger, new DeviceId(101)));
    assertThat(rig.database.value("select session_id from session_takeover"))
        .isEqualTo(Long.toString(session.admission().sessionId()));
    assertThat(store(readings(session, BLOCK, 1))).containsExactly(Reply.Kind.STORED);
    assertThat(
            rig.database.value("select via_device_id from device_state where via_device_id <> 0"))
        .isEqualTo("101");
    assertThat(records()).isEqualTo(apart(DeviceRow.Kind.BLOCK, 0, BLOCK).value() + ":2");
  }

  @Test
  void whatCannotBeIsRefusedAndNothingIsMoved() throws Exception {
    rig.database.execute(
        """
        insert into device (id, organisation_id, kind, state, imei, serial, model)
          overriding system value values
          (101, 3, 'MODULE', 'REGISTERED', %d, 999, 642), (102, 3, 'BASE_STATION', 'REGISTERED', 0, 998, 900)
        """
            .formatted(NEW_IMEI));
    store(readings(open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2)), 0, 0));
    store(readings(open(Fleet.module(NEW_IMEI + 1, 998)), 0, 1));
    DeviceId crossed = apart(NEW_IMEI, Fleet.SERIAL_2);
    DeviceId kind = apart(NEW_IMEI + 1, 998);
    String before = records();
    assertThatThrownBy(() -> same(crossed)).hasMessage("refused: TAKEN");
    assertThatThrownBy(() -> same(kind)).hasMessage("refused: STATE");
    assertThatThrownBy(() -> people.swaps.same(ENGINEER, kind, new DeviceId(102)))
        .hasMessage("refused: KIND");
    assertThatThrownBy(() -> people.swaps.same(ENGINEER, DEVICE, DEVICE))
        .hasMessage("refused: STATE");
    assertThatThrownBy(() -> people.swaps.same(RegistryRig.of(RegistryRig.NORTH), crossed, DEVICE))
        .hasMessage("refused: UNKNOWN");
    assertThat(records()).isEqualTo(before);
    assertThat(device(100)).isEqualTo("REGISTERED 2 1 подвал");
  }

  @Test
  void whatIsLeftApartIsNoSwapAnyMore() throws Exception {
    store(readings(open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2)), 0, 0));
    DeviceId stranger = apart(NEW_IMEI, Fleet.SERIAL_2);
    DeviceSearch swapped = DeviceSearch.of(DeviceSearch.Which.SWAPPED);
    assertThat(people.book.list(ENGINEER, swapped, new Slice(0, 10)).total()).isEqualTo(1);
    people.swaps.leaveApart(ENGINEER, stranger);
    assertThat(people.book.list(ENGINEER, swapped, new Slice(0, 10)).total()).isZero();
    assertThat(people.book.find(ENGINEER, stranger).get().apartSince()).isNotNull();
    assertThat(people.audited()).startsWith("DEVICE_LEFT_APART");
    assertThatThrownBy(() -> people.swaps.leaveApart(ENGINEER, DEVICE))
        .hasMessage("refused: STATE");
  }

  @Test
  void whoIsRegisteredInASessionTakesCommandsInTheNext() throws Exception {
    Session open = open(Fleet.module(NEW_IMEI, NEW_SERIAL));
    DeviceId stranger = apart(NEW_IMEI, NEW_SERIAL);
    people.registration.register(
        ENGINEER, List.of(stranger), new Into(RegistryRig.NORTH, new GroupId(1), ""));
    queue(stranger);
    assertThat(rig.store(readings(open, 0, 0)).get(0).commands()).isEmpty();
    Session next = open(Fleet.module(NEW_IMEI, NEW_SERIAL));
    assertThat(next.admission().result()).isEqualTo(Result.ACCEPTED);
    assertThat(next.admission().deviceId()).isEqualTo(stranger.value());
    assertThat(rig.store(readings(next, 0, 1)).get(0).commands()).hasSize(1);
    assertThat(records()).isEqualTo(stranger.value() + ":2");
  }

  @Test
  void whoIsBlockedInASessionIsStoredAndTakesNoCommandsAndIsRefusedInTheNext() throws Exception {
    Session open = open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2));
    queue(DEVICE);
    people.changes.block(ENGINEER, DEVICE, true, "шумит");
    Reply reply = rig.store(readings(open, 0, 0)).get(0);
    assertThat(reply.kind()).isEqualTo(Reply.Kind.STORED);
    assertThat(reply.pendingCommands()).isZero();
    assertThat(reply.commands()).isEmpty();
    assertThat(rig.sessions.takenOver("node-1")).containsExactly(open.admission().sessionId());
    assertThat(hello(Fleet.IMEI_2, Fleet.SERIAL_2)).isEqualTo(Result.BLOCKED);
    people.changes.block(ENGINEER, DEVICE, false, "починен");
    assertThat(hello(Fleet.IMEI_2, Fleet.SERIAL_2)).isEqualTo(Result.ACCEPTED);
  }

  @Test
  void whoIsUnregisteredInASessionTakesNoCommands() throws Exception {
    Session open = open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2));
    queue(DEVICE);
    people.changes.unregister(ENGINEER, DEVICE, "не тот");
    assertThat(rig.store(readings(open, 0, 0)).get(0).commands()).isEmpty();
    assertThat(hello(Fleet.IMEI_2, Fleet.SERIAL_2)).isEqualTo(Result.NOT_REGISTERED);
    people.registration.register(ENGINEER, List.of(DEVICE), new Into(RegistryRig.SOUTH, null, ""));
    // What the owner before wanted is not what this one wants.
    Session next = open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2));
    assertThat(next.admission().result()).isEqualTo(Result.ACCEPTED);
    assertThat(rig.store(readings(next, 0, 1)).get(0).commands()).isEmpty();
  }

  /** One frame of a session is refused by the database, and set aside; its neighbour is not. */
  private void setAside(Session session, long block) throws Exception {
    long poison = Fleet.recorded().get(5).reading().recordNumber();
    rig.database.execute(
        "alter table reading add constraint poison check (record_number <> %d) not valid"
            .formatted(poison));
    long before = Long.parseLong(rig.database.value("select count(*) from ingest_failed"));
    assertThat(store(readings(session, block, 5), readings(session, block, 0)))
        .containsExactly(Reply.Kind.STORED, Reply.Kind.STORED);
    assertThat(rig.database.value("select count(*) from ingest_failed"))
        .isEqualTo(Long.toString(before + 1));
    rig.database.execute("alter table reading drop constraint poison");
  }

  /** Whose what was set aside is in the end. */
  private String later() throws Exception {
    rig.database.execute("update ingest_failed set next_try_at = now()");
    while (rig.database.inTransaction(rig.second::next)) {
      // The work is in the condition.
    }
    assertThat(rig.database.value("select count(*) from ingest_failed where stored_at is null"))
        .isEqualTo("0");
    return records();
  }

  @Test
  void whatWasSetAsideBeforeAMergeIsTheDevicesAfterIt() throws Exception {
    setAside(open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2)), 0);
    open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2));
    Session apart = open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2));
    store(readings(apart, 0, 1));
    same(apart(NEW_IMEI, Fleet.SERIAL_2));
    assertThat(rig.asideFrames.waiting(RegistryRig.of(RegistryRig.NORTH).scope())).isEqualTo(1);
    assertThat(later()).isEqualTo("100:3");
    // As it came from the device itself, it is known.
    assertThat(store(readings(open(Fleet.module(NEW_IMEI, Fleet.SERIAL_2)), 0, 5)))
        .containsExactly(Reply.Kind.STORED_BEFORE);
  }

  @Test
  void whatWasSetAsideOfWhoWasKeptApartFollowsTheRow() throws Exception {
    setAside(open(tagged()), 0);
    same(apart(Fleet.IMEI_2, Fleet.SERIAL_2));
    assertThat(later()).isEqualTo("100:2");
    assertThat(apart(Fleet.IMEI_2, Fleet.SERIAL_2)).isNull();
  }

  @Test
  void whatWasSetAsideBeforeAReplacementStaysTheOldDevices() throws Exception {
    setAside(open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2)), 0);
    setAside(open(Fleet.module(Fleet.IMEI_2, NEW_SERIAL)), 0);
    DeviceId stranger = apart(Fleet.IMEI_2, NEW_SERIAL);
    rig.database.inTransaction(
        () -> {
          people.swaps.replace(ENGINEER, stranger, DEVICE);
          return null;
        });
    assertThat(rig.asideFrames.waiting(RegistryRig.of(RegistryRig.NORTH).scope())).isEqualTo(2);
    assertThat(later()).isEqualTo(stranger.value() + ":2 100:2");
  }

  @Test
  void whatWasSetAsideOfABlockFollowsItsStation() throws Exception {
    rig.database.execute(
        """
        insert into device (id, organisation_id, kind, state, imei, serial, model)
          overriding system value values (101, 2, 'BASE_STATION', 'REGISTERED', 5, %d, 900),
            (102, 2, 'BLOCK', 'REGISTERED', 0, %d, 643)
        """
            .formatted(STATION, BLOCK));
    setAside(open(Fleet.request(DeviceKind.BASE_STATION, 5, STATION)), BLOCK);
    open(Fleet.request(DeviceKind.BASE_STATION, 6, STATION));
    DeviceId stranger = apart(DeviceRow.Kind.BASE_STATION, 6, STATION);
    rig.database.inTransaction(() -> people.swaps.same(ENGINEER, stranger, new DeviceId(101)));
    assertThat(rig.asideFrames.waiting(RegistryRig.of(RegistryRig.NORTH).scope())).isEqualTo(1);
    assertThat(later()).isEqualTo("102:2");
  }

  /** Admitted; its beginning is stored after something was decided. */
  private void endsWhenDecided(SessionRequest request, Callable<?> decision) throws Exception {
    Session session = new Session(request, rig.admit(request).get(0));
    assertThat(session.admission().sessionId()).isPositive();
    rig.database.inTransaction(decision);
    assertThat(rig.sessions.takenOver("node-1")).doesNotContain(session.admission().sessionId());
    rig.store(new Delivery.OfStart(session, NOW));
    assertThat(rig.sessions.takenOver("node-1")).containsExactly(session.admission().sessionId());
  }

  @Test
  void whoIsBlockedBetweenHelloAndTheFirstBatchIsEnded() throws Exception {
    endsWhenDecided(
        Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2),
        () -> {
          people.changes.block(ENGINEER, DEVICE, true, "шумит");
          return null;
        });
  }

  @Test
  void whoIsTakenOutBetweenHelloAndTheFirstBatchIsEnded() throws Exception {
    endsWhenDecided(
        Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2),
        () -> {
          people.changes.unregister(ENGINEER, DEVICE, "не тот");
          return null;
        });
  }

  @Test
  void whoIsReplacedBetweenHelloAndTheFirstBatchIsEnded() throws Exception {
    open(Fleet.module(Fleet.IMEI_2, NEW_SERIAL));
    DeviceId stranger = apart(Fleet.IMEI_2, NEW_SERIAL);
    endsWhenDecided(
        Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2),
        () -> {
          people.swaps.replace(ENGINEER, stranger, DEVICE);
          return null;
        });
  }

  @Test
  void aStationThatIsRegisteredBetweenHelloAndTheFirstBatchIsEnded() throws Exception {
    SessionRequest request = Fleet.request(DeviceKind.BASE_STATION, 6, STATION);
    open(request);
    DeviceId station = apart(DeviceRow.Kind.BASE_STATION, 6, STATION);
    Session again = new Session(request, rig.admit(request).get(0));
    people.registration.register(ENGINEER, List.of(station), new Into(RegistryRig.NORTH, null, ""));
    long first = rig.sessions.takenOver("node-1").get(0);
    rig.store(new Delivery.OfStart(again, NOW));
    assertThat(rig.sessions.takenOver("node-1"))
        .containsExactly(again.admission().sessionId())
        .doesNotContain(first);
    open(request);
    assertThat(rig.sessions.takenOver("node-1")).isEmpty();
  }

  @Test
  void whoseKeyIsAnotherSinceTheHelloIsEnded() throws Exception {
    byte[] first = new byte[32];
    endsWhenDecided(
        Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2),
        () -> {
          people.keyring.set(ENGINEER, DEVICE, first);
          return null;
        });
    endsWhenDecided(signed(first, 1), () -> people.keyring.make(ENGINEER, DEVICE));
    people.keyring.set(ENGINEER, DEVICE, first);
    endsWhenDecided(
        signed(first, 1),
        () -> {
          people.keyring.remove(ENGINEER, DEVICE);
          return null;
        });
    people.keyring.set(ENGINEER, DEVICE, first);
    assertThat(rig.sessions.takenOver("node-1")).hasSize(1);
    open(signed(first, 1));
    assertThat(rig.sessions.takenOver("node-1")).isEmpty();
  }

  private static SessionRequest signed(byte[] key, long nonce) {
    Hello hello = new Hello(DeviceKind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, 261, "", nonce);
    byte[] bytes =
        new FrameKey(key, nonce)
            .encode(FrameKey.Direction.UP, Hello.TYPE, 1, PacketEncoder.payload(hello));
    byte[] tag = Arrays.copyOfRange(bytes, bytes.length - 2 - Frame.TAG, bytes.length - 2);
    Frame frame = new Frame(Frame.AUTH, Hello.TYPE, 1, PacketEncoder.payload(hello), tag);
    return new SessionRequest(hello, frame, "127.0.0.1", 40_000, "node-1", NOW, false);
  }

  @Test
  void aDecisionThatIsNotCommittedYetIsWaitedFor() throws Exception {
    SessionRequest request = Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2);
    Session session = new Session(request, rig.admit(request).get(0));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> stored =
          rig.database.inTransaction(
              () -> {
                people.changes.block(ENGINEER, DEVICE, true, "шумит");
                Future<?> asked = other.submit(() -> rig.store(new Delivery.OfStart(session, NOW)));
                awaitWaiting();
                return asked;
              });
      stored.get();
    } finally {
      other.shutdownNow();
    }
    assertThat(rig.sessions.takenOver("node-1")).containsExactly(session.admission().sessionId());
  }

  private void awaitWaiting() throws Exception {
    while (rig.database.value("select count(*) from pg_locks where not granted").equals("0")) {
      Thread.onSpinWait();
    }
  }

  private void queue(DeviceId device) {
    rig.commands.enqueue(
        new CommandQueue.Order(
            device,
            new DeviceCommand.SetRetries(5),
            "test",
            Instant.parse("2100-01-01T00:00:00Z"),
            3));
  }

  @Test
  void everyNodeKnowsNewKeysWithoutAskingForTheDevice() {
    KnownKeys otherNode = new KnownKeys(rig.keys);
    DeviceClaim claim = new DeviceClaim(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2);
    otherNode.follow();
    assertThat(otherNode.of(claim)).isNull();
    byte[] key = people.keyring.make(ENGINEER, DEVICE);
    otherNode.follow();
    assertThat(otherNode.of(claim)).isEqualTo(key);
    byte[] rotated = people.keyring.make(ENGINEER, DEVICE);
    otherNode.follow();
    assertThat(otherNode.of(claim)).isEqualTo(rotated);
    people.keyring.remove(ENGINEER, DEVICE);
    otherNode.follow();
    assertThat(otherNode.of(claim)).isNull();
  }
}
