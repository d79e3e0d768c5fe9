package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.device.Standing;
import org.kvantenergo.device.internal.SqlDeviceDirectory;
import org.kvantenergo.reading.Custody;
import org.kvantenergo.reading.Evidence;
import org.kvantenergo.reading.ReadingRow;
import org.kvantenergo.reading.RecordKey;
import org.kvantenergo.reading.internal.SqlArchivePartitions;
import org.kvantenergo.reading.internal.SqlFrameArchive;
import org.kvantenergo.reading.internal.SqlReadingArchive;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Relay;

/** How a record came, byte for byte. */
class CustodyTest {

  private static final Instant NOW = Instant.parse("2021-02-15T12:00:00Z");
  private static final Instant STORED = Instant.parse("2021-02-15T12:00:00.040Z");
  private static final long STATION = 207900009001L;
  private static final long BLOCK = 207900005001L;
  private static final int SEQ = 2;
  private static final byte[] KEY =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  private final IngestRig rig = new IngestRig();
  private final TestDatabase database = rig.database;
  private final SqlReadingArchive archive = new SqlReadingArchive(database.dataSource());
  private final Custody custody =
      new CustodyService(
          new SqlFrameArchive(database.dataSource()),
          rig.sessions,
          rig.acks,
          rig.aside,
          rig.keys,
          new SqlDeviceDirectory(database.dataSource()));
  private Scope scope;
  private DeviceId module;
  private DeviceId block;

  @BeforeEach
  void register() throws Exception {
    database.inTransaction(
        () ->
            new SqlArchivePartitions(database.dataSource(), Clock.fixed(NOW, ZoneOffset.UTC))
                .ensureAhead());
    database.execute("insert into organisation (name, runs_installation) values ('К', true)");
    OrganisationId owner =
        new OrganisationId(Long.parseLong(database.value("select id from organisation")));
    scope = new Scope(owner, true);
    rig.registry.register(
        owner,
        rig.registry.group(owner, "642M_MTS", 1),
        List.of(
            new NewDevice(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, NOW),
            new NewDevice(DeviceRow.Kind.BASE_STATION, 0, STATION, 900, NOW),
            new NewDevice(DeviceRow.Kind.BLOCK, 0, BLOCK, 700, NOW)));
    module = registered(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2);
    block = registered(DeviceRow.Kind.BLOCK, 0, BLOCK);
  }

  private Standing standing(DeviceRow.Kind kind, long imei, long serial) {
    return rig.registry.standings(List.of(new DeviceClaim(kind, imei, serial))).get(0);
  }

  private DeviceId registered(DeviceRow.Kind kind, long imei, long serial) {
    return standing(kind, imei, serial).registered();
  }

  private Session open(SessionRequest request) throws Exception {
    Session session = Fleet.session(request, rig.admit(request).get(0));
    rig.store(new Delivery.OfStart(session, NOW));
    return session;
  }

  private Session open() throws Exception {
    return open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2));
  }

  private Session openTagged(long nonce, byte[] key) throws Exception {
    Hello hello = new Hello(DeviceKind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, 261, "", nonce);
    byte[] bytes =
        new FrameKey(key, nonce)
            .encode(FrameKey.Direction.UP, Hello.TYPE, 1, PacketEncoder.payload(hello));
    Frame frame = ((FrameParse.Whole) FrameParser.parse(java.nio.ByteBuffer.wrap(bytes))).frame();
    return open(new SessionRequest(hello, frame, "10.0.0.1", 40_000, "node-1", NOW, false));
  }

  private static Readings frame(int... rows) {
    List<Reading> records = new ArrayList<>();
    for (int row : rows) {
      records.add(Fleet.recorded().get(row).reading());
    }
    return new Readings(records);
  }

  /** Stores frames as one batch and gives its id. */
  private long batch(Delivery... deliveries) throws Exception {
    return database.inTransaction(
        () -> rig.intake.store(new PacketBatch(List.of(deliveries))).batchId());
  }

  private long send(Session session, long relayedFor, Readings packet) throws Exception {
    return batch(new Delivery.OfReadings(session, relayedFor, NOW, packet));
  }

  private void acknowledged(long batch, Session session, int afterMillis) throws Exception {
    acknowledged(
        new AckReceipt(
            batch,
            "node-1",
            STORED,
            new long[] {session.admission().sessionId()},
            new int[] {SEQ},
            new int[] {afterMillis}));
  }

  private void acknowledged(AckReceipt receipt) throws Exception {
    database.inTransaction(
        () -> {
          rig.acks.note(List.of(receipt));
          return null;
        });
  }

  private RecordKey key(DeviceId device, Reading reading) {
    return archive.list(scope, device, new Slice(0, 100)).rows().stream()
        .map(ReadingRow::key)
        .filter(k -> k.recordNumber() == reading.recordNumber())
        .findFirst()
        .orElseThrow();
  }

  private Evidence evidence(DeviceId device, Reading reading) {
    return custody.of(scope, device, key(device, reading)).orElseThrow();
  }

  private Evidence evidence(Readings packet, int position) {
    return evidence(module, packet.records().get(position));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String whole(Evidence evidence) {
    return hex(((Evidence.Frame.Whole) evidence.frame()).bytes());
  }

  @Test
  void aFrameComesBackAsItWasSent() throws Exception {
    Session session = open();
    Readings packet = frame(0, 1, 2);
    acknowledged(send(session, 0, packet), session, 12);

    Evidence evidence = evidence(packet, 1);

    assertThat(hex(evidence.bytes())).isEqualTo(hex(PacketEncoder.record(packet.records().get(1))));
    assertThat(evidence.intact()).isTrue();
    assertThat(evidence.receivedAt()).isEqualTo(NOW);
    assertThat(evidence.session())
        .isEqualTo(
            new Evidence.Session(
                session.admission().sessionId(),
                "node-1",
                "127.0.0.1:40000",
                Instant.parse("2021-02-15T11:00:00Z"),
                Evidence.Tag.NONE,
                false,
                0));
    assertThat(evidence.place().frame()).isZero();
    assertThat(evidence.place().position()).isEqualTo(1);
    assertThat(evidence.place().records()).isEqualTo(3);
    assertThat(((Evidence.Frame.Whole) evidence.frame()).seq()).isEqualTo(SEQ);
    assertThat(whole(evidence))
        .isEqualTo(hex(FrameEncoder.encode(Readings.TYPE, SEQ, PacketEncoder.payload(packet))));
    assertThat(evidence.acknowledgement())
        .isEqualTo(new Evidence.Acknowledgement(STORED, STORED.plusMillis(12)));
    assertThat(evidence.repeats()).isNull();
  }

  @Test
  void theFrameIsFoundAmongTheOthersOfItsBatch() throws Exception {
    Session session = open();
    Readings first = frame(0, 1);
    Readings second = frame(2);
    batch(
        new Delivery.OfPing(session, NOW),
        new Delivery.OfReadings(session, 0, NOW, first),
        new Delivery.OfReadings(session, 0, NOW, second));
    assertThat(evidence(first, 0).place().frame()).isEqualTo(1);
    assertThat(hex(((Evidence.Frame.Payload) evidence(first, 0).frame()).bytes()))
        .isEqualTo(hex(PacketEncoder.payload(first)));
    assertThat(evidence(second, 0).place().frame()).isEqualTo(2);
    assertThat(hex(((Evidence.Frame.Payload) evidence(second, 0).frame()).bytes()))
        .isEqualTo(hex(PacketEncoder.payload(second)));
  }

  @Test
  void bitsThatNumbersLoseComeBackToo() throws Exception {
    Reading r = Fleet.recorded().get(0).reading();
    Reading odd =
        new Reading(
            0xFFFF_FFFFL,
            0,
            0xFFFF_FFFFL,
            Double.longBitsToDouble(0x7FF0_0000_0000_0001L),
            Float.intBitsToFloat(0xFFC0_1234),
            -0.0f,
            Float.POSITIVE_INFINITY,
            0xFFFF,
            1,
            2,
            3,
            4,
            0xFFFF,
            -128,
            255,
            0xFFFF,
            0xFFFF_FFFFL,
            0xFFFF);
    Session session = open();
    // A clock that was set between two records: they lie far apart in the archive.
    Readings packet = new Readings(List.of(odd, r));
    acknowledged(send(session, 0, packet), session, 0);
    Evidence evidence = evidence(packet, 1);
    assertThat(whole(evidence))
        .isEqualTo(hex(FrameEncoder.encode(Readings.TYPE, SEQ, PacketEncoder.payload(packet))));
    assertThat(hex(evidence(packet, 0).bytes())).isEqualTo(hex(PacketEncoder.record(odd)));
    assertThat(evidence(packet, 0).intact()).isTrue();
  }

  @Test
  void theTagComesBackWhileTheDeviceHoldsItsKey() throws Exception {
    rig.keys.set(module, KEY);
    database.execute("update device_key set set_at = '2021-01-01T00:00:00Z'");
    Session session = openTagged(0xABCD_0000_0005L, KEY);
    Readings packet = frame(0, 1);
    acknowledged(send(session, 0, packet), session, 3);

    Evidence evidence = evidence(packet, 0);

    assertThat(evidence.session().tag()).isEqualTo(Evidence.Tag.CHECKED);
    assertThat(whole(evidence))
        .isEqualTo(
            hex(
                new FrameKey(KEY, 0xABCD_0000_0005L)
                    .encode(
                        FrameKey.Direction.UP, Readings.TYPE, SEQ, PacketEncoder.payload(packet))));

    rig.keys.set(module, new byte[32]);
    assertThat(hex(((Evidence.Frame.Payload) evidence(packet, 0).frame()).bytes()))
        .isEqualTo(hex(PacketEncoder.payload(packet)));
  }

  @Test
  void aTagThatNobodyCouldCheckIsNotInvented() throws Exception {
    Session session = openTagged(7, KEY);
    Readings packet = frame(0);
    acknowledged(send(session, 0, packet), session, 3);
    DeviceId apart = standing(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2).keptApart();

    Evidence evidence = evidence(apart, packet.records().get(0));

    assertThat(evidence.session().tag()).isEqualTo(Evidence.Tag.UNCHECKED);
    assertThat(evidence.frame()).isInstanceOf(Evidence.Frame.Payload.class);
  }

  @Test
  void aRelayedFrameComesBackAsTheBaseStationSentIt() throws Exception {
    Session session = open(Fleet.request(DeviceKind.BASE_STATION, 0, STATION));
    Readings packet = frame(0, 1);
    acknowledged(send(session, BLOCK, packet), session, 3);

    Evidence evidence = evidence(block, packet.records().get(0));

    assertThat(evidence.session().relayed()).isTrue();
    assertThat(evidence.session().relaySerial()).isEqualTo(STATION);
    Relay relay = new Relay(BLOCK, Readings.TYPE, PacketEncoder.payload(packet));
    assertThat(whole(evidence))
        .isEqualTo(hex(FrameEncoder.encode(Relay.TYPE, SEQ, PacketEncoder.payload(relay))));
  }

  @Test
  void repeatsAreCountedAndTheFirstFrameStays() throws Exception {
    Session first = open();
    Readings packet = frame(0, 1);
    acknowledged(send(first, 0, packet), first, -1);
    send(open(), 0, packet);
    Session third = open();
    send(third, 0, packet);

    Evidence evidence = evidence(packet, 0);

    assertThat(evidence.session().id()).isEqualTo(first.admission().sessionId());
    assertThat(evidence.acknowledgement()).isEqualTo(new Evidence.Acknowledgement(STORED, null));
    assertThat(evidence.repeats())
        .isEqualTo(new Evidence.Repeats(2, NOW, third.admission().sessionId()));
    assertThat(whole(evidence))
        .isEqualTo(hex(FrameEncoder.encode(Readings.TYPE, SEQ, PacketEncoder.payload(packet))));
  }

  @Test
  void aRepeatIsInTheFrameThatBroughtItLast() throws Exception {
    Readings alone = frame(0);
    send(open(), 0, alone);
    Session session = open();
    Readings both = frame(0, 1, 1);
    acknowledged(send(session, 0, both), session, 3);
    assertThat(whole(evidence(both, 1)))
        .isEqualTo(hex(FrameEncoder.encode(Readings.TYPE, SEQ, PacketEncoder.payload(both))));

    send(open(), 0, alone);
    assertThat(evidence(both, 1).frame()).isEqualTo(new Evidence.Frame.Partial(2, 3));
  }

  @Test
  void whatWasNotKeptIsNotClaimed() throws Exception {
    Session session = open();
    Readings packet = frame(0, 1);
    send(session, 0, packet);
    assertThat(evidence(packet, 0).acknowledgement()).isNull();
    assertThat(evidence(packet, 0).frame()).isInstanceOf(Evidence.Frame.Payload.class);

    database.execute("delete from device_session");
    assertThat(evidence(packet, 0).session()).isNull();
    database.execute(
        "update reading set batch_id = null, frame = null, position = null, frame_records = null");
    assertThat(evidence(packet, 0).place()).isNull();
    assertThat(evidence(packet, 0).frame()).isEqualTo(new Evidence.Frame.Unknown());
  }

  @Test
  void whatWasSetAsideIsToldFromItsAckToTheArchive() throws Exception {
    Session session = open();
    Readings sound = frame(0);
    Readings refused = frame(1);
    database.execute(
        "alter table reading add constraint poison check (record_number <> %d) not valid"
            .formatted(refused.records().get(0).recordNumber()));
    long batch =
        batch(
            new Delivery.OfReadings(session, 0, NOW, sound),
            new Delivery.OfReadings(session, 0, NOW, refused));
    long id = session.admission().sessionId();
    acknowledged(
        new AckReceipt(
            batch, "node-1", STORED, new long[] {id, id}, new int[] {2, 3}, new int[] {1, 4}));
    database.execute("alter table reading drop constraint poison");
    database.execute("update ingest_failed set next_try_at = now()");
    assertThat(database.inTransaction(rig.second::next)).isTrue();

    Evidence evidence = evidence(refused, 0);
    assertThat(evidence.acknowledgement())
        .isEqualTo(new Evidence.Acknowledgement(STORED, STORED.plusMillis(4)));
    assertThat(evidence.setAside().storedAt()).isAfterOrEqualTo(evidence.setAside().at());
    assertThat(whole(evidence))
        .isEqualTo(hex(FrameEncoder.encode(Readings.TYPE, 3, PacketEncoder.payload(refused))));
    assertThat(evidence(sound, 0).setAside()).isNull();
  }

  @Test
  void aValueThatWasChangedAfterwardsShows() throws Exception {
    Session session = open();
    Readings packet = frame(0, 1);
    acknowledged(send(session, 0, packet), session, 3);
    database.execute(
        "update reading set reading = reading + 1 where record_number = "
            + packet.records().get(0).recordNumber());
    assertThat(evidence(packet, 0).intact()).isFalse();
    assertThat(evidence(packet, 1).intact()).isTrue();
    assertThat(evidence(packet, 1).frame()).isEqualTo(new Evidence.Frame.Partial(1, 2));
  }

  @Test
  void othersDoNotSeeIt() throws Exception {
    Readings packet = frame(0);
    send(open(), 0, packet);
    RecordKey key = key(module, packet.records().get(0));
    assertThat(custody.of(new Scope(new OrganisationId(99), false), module, key)).isEmpty();
    assertThat(custody.of(scope, module, new RecordKey(key.moduleTime(), key.recordNumber(), 1)))
        .isEmpty();
  }
}
