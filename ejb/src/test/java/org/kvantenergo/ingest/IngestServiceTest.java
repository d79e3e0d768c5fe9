package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.device.internal.SqlDeviceDirectory;
import org.kvantenergo.device.internal.SqlDeviceRegistry;
import org.kvantenergo.event.Event;
import org.kvantenergo.reading.Mark;
import org.kvantenergo.reading.ReadingRow;
import org.kvantenergo.reading.internal.SqlArchivePartitions;
import org.kvantenergo.reading.internal.SqlReadingArchive;
import org.kvantenergo.session.AccessPoints;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.session.internal.SqlAccessPoints;
import org.kvantenergo.session.internal.SqlSessionHistory;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** The whole way of a batch on a real PostgreSQL, with a plain connection in the server's place. */
class IngestServiceTest {

  private static final Instant NOW = Instant.parse("2021-02-15T12:00:00Z");
  private static final Reply STORED = Reply.STORED;
  private static final Reply KNOWN = new Reply(Reply.Kind.STORED_BEFORE, 0, List.of());

  private final IngestRig rig = new IngestRig();
  private final TestDatabase database = rig.database;
  private final SqlDeviceRegistry registry = rig.registry;
  private final SqlDeviceDirectory directory = new SqlDeviceDirectory(database.dataSource());
  private final SqlReadingArchive archive = new SqlReadingArchive(database.dataSource());
  private final SqlSessionHistory history =
      new SqlSessionHistory(database.dataSource(), IngestRig.box());
  private final List<Event> events = rig.events;
  private Scope scope;

  @BeforeEach
  void registerModules() throws Exception {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    database.inTransaction(
        () -> new SqlArchivePartitions(database.dataSource(), clock).ensureAhead());
    database.execute("insert into organisation (name, runs_installation) values ('Квант', true)");
    OrganisationId owner =
        new OrganisationId(Long.parseLong(database.value("select id from organisation")));
    scope = new Scope(owner, true);
    GroupId group = registry.group(owner, "642M_MTS", 1);
    registry.register(
        owner,
        group,
        List.of(
            module(868333030969634L, 207900001121L),
            module(Fleet.IMEI_2, Fleet.SERIAL_2),
            new NewDevice(DeviceRow.Kind.BASE_STATION, 0, 207900009001L, 900, NOW)));
  }

  private static NewDevice module(long imei, long serial) {
    return new NewDevice(
        DeviceRow.Kind.MODULE, imei, serial, 642, Instant.parse("2020-12-18T09:00:00Z"));
  }

  @Test
  void everyRecordedRowComesBackAsPrinted() throws Exception {
    for (Fleet.Recorded row : Fleet.recorded()) {
      Session session = open(Fleet.module(row.imei(), row.serial()));
      assertThat(store(readings(session, row.receivedAt(), row.reading()))).containsExactly(STORED);
    }

    Page<ReadingRow> second = archive.list(scope, device(Fleet.SERIAL_2), new Slice(0, 100));
    Page<ReadingRow> first = archive.list(scope, device(207900001121L), new Slice(0, 100));
    assertThat(second.total()).isEqualTo(22);
    assertThat(first.total()).isEqualTo(19);
    List<Fleet.Recorded> newestFirst =
        Fleet.recorded().stream()
            .filter(r -> r.serial() == Fleet.SERIAL_2)
            .sorted((a, b) -> Long.compare(b.reading().recordNumber(), a.reading().recordNumber()))
            .toList();
    for (int i = 0; i < 22; i++) {
      ReadingRow stored = second.rows().get(i);
      Reading sent = newestFirst.get(i).reading();
      assertThat(stored.recordNumber()).isEqualTo(sent.recordNumber());
      assertThat(stored.moduleTime().getEpochSecond()).isEqualTo(sent.moduleTime());
      assertThat(stored.meterTime().getEpochSecond()).isEqualTo(sent.meterTime());
      assertThat(stored.receivedAt()).isEqualTo(newestFirst.get(i).receivedAt());
      assertThat(stored.reading()).isEqualTo(sent.reading());
      assertThat(stored.temperature()).isEqualTo(sent.temperature());
      assertThat(stored.battery()).isEqualTo(sent.battery());
      assertThat(stored.resource()).isEqualTo(sent.resource());
      assertThat(stored.status()).isEqualTo(sent.status());
      assertThat(stored.protocol()).isEqualTo(5);
      assertThat(stored.model()).isEqualTo(642);
      assertThat(stored.marks()).isEmpty();
    }
    assertThat(second.rows().get(2).fell()).as("14:00, after the reset").isTrue();
    assertThat(second.rows().get(1).fell()).isFalse();
    assertThat(first.rows().get(0).fell()).isTrue();
    assertThat(first.rows().get(0).errors().measurement()).isEqualTo(16);
  }

  @Test
  void theCurrentStateIsTheNewestWhateverTheOrderOfArrival() throws Exception {
    List<Fleet.Recorded> rows = new ArrayList<>(Fleet.recorded());
    java.util.Collections.reverse(rows);
    for (Fleet.Recorded row : rows) {
      store(
          readings(open(Fleet.module(row.imei(), row.serial())), row.receivedAt(), row.reading()));
    }

    List<DeviceRow> table = table();

    DeviceRow reset = table.get(0);
    assertThat(reset.serial()).isEqualTo(207900001121L);
    assertThat(reset.reading()).isEqualTo(0.0001);
    assertThat(reset.readingFell()).isTrue();
    assertThat(reset.contact().status()).isEqualTo(5121);
    assertThat(reset.daysInService()).isEqualTo(58);
    DeviceRow second = table.get(1);
    assertThat(second.contact().status()).as("the newest has no reading").isEqualTo(8192);
    assertThat(second.reading()).as("so the one before it stays").isEqualTo(0.0337644);
    assertThat(second.contact().sessionsTotal()).isEqualTo(1315);
    assertThat(second.contact().battery()).isCloseTo(3.6148667f, within(5e-7f));
    assertThat(second.iccid()).isEqualTo("8970101008538006975");
  }

  @Test
  void aRepeatIsAcknowledgedAsKnownAndStoredOnce() throws Exception {
    Session session = open(second());
    Reading one = record(1, 100, 1.0);
    Reading two = record(2, 200, 2.0);

    assertThat(store(readings(session, NOW, one), readings(session, NOW, one)))
        .as("twice in one batch")
        .containsExactly(STORED, KNOWN);
    assertThat(store(readings(session, NOW, one))).containsExactly(KNOWN);
    assertThat(store(readings(session, NOW, one, two)))
        .as("one of two is new")
        .containsExactly(STORED);
    assertThat(store(readings(session, NOW, two, one))).containsExactly(KNOWN);
    assertThat(database.value("select count(*) from reading")).isEqualTo("2");
  }

  @Test
  void equalNumberAndTimeWithOtherContentIsAnotherRecord() throws Exception {
    Session session = open(second());
    store(readings(session, NOW, record(1, 100, 1.0)));
    assertThat(store(readings(session, NOW, record(1, 100, 1.5)))).containsExactly(STORED);

    assertThat(archive.list(scope, device(Fleet.SERIAL_2), new Slice(0, 10)).rows())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.marks()).containsExactly(Mark.CONFLICT));
  }

  @Test
  void oddValuesAreStoredMarkedAndKeptOutOfTheCurrentState() throws Exception {
    Session session = open(second());
    store(readings(session, NOW, record(1, 100, 5.0)));
    store(
        readings(session, NOW, raw(2, 0xFFFFFFFFL, 9.0, 20f)),
        readings(session, NOW, raw(3, 0, 9.0, 20f)),
        readings(session, NOW, record(4, 400, Double.NaN)),
        readings(session, NOW, record(5, 500, -1.0)),
        readings(session, NOW, raw(6, at(600), 6.0, Float.intBitsToFloat(0xFFC00001))));

    List<ReadingRow> rows = archive.list(scope, device(Fleet.SERIAL_2), new Slice(0, 10)).rows();
    assertThat(rows).extracting(ReadingRow::recordNumber).containsExactly(2L, 6L, 5L, 4L, 1L, 3L);
    assertThat(rows.get(0).marks()).containsExactly(Mark.CLOCK);
    assertThat(rows.get(1).marks()).containsExactly(Mark.VALUE);
    assertThat(rows.get(2).marks()).containsExactly(Mark.READING);
    assertThat(rows.get(3).marks()).containsExactly(Mark.READING);
    assertThat(rows.get(5).marks()).containsExactly(Mark.CLOCK);
    assertThat(rows).as("a wrong clock makes nothing fall").noneMatch(ReadingRow::fell);
    assertThat(database.value("select count(*) from reading where raw is not null")).isEqualTo("1");
    assertThat(database.value("select tableoid::regclass from reading where record_number = 2"))
        .isEqualTo("reading_after");
    assertThat(database.value("select tableoid::regclass from reading where record_number = 3"))
        .isEqualTo("reading_before_2015");
    DeviceRow row = table().get(1);
    assertThat(row.reading()).isEqualTo(6.0);
    assertThat(row.contact().temperature()).isNaN();
  }

  @Test
  void anUnknownModuleIsKeptApartAndKeepsItsArchiveWhenItIsRegistered() throws Exception {
    SessionRequest stranger = Fleet.module(861000000000001L, 310000000001L);
    Admission admission = rig.admit(stranger).get(0);
    assertThat(admission.result()).isEqualTo(HelloAck.Result.NOT_REGISTERED);
    assertThat(admission.deviceId()).isZero();
    store(readings(new Session(stranger, admission), NOW, record(1, 100, 1.0)));

    assertThat(events).anyMatch(Event.DevicesChanged.class::isInstance);
    assertThat(table()).hasSize(3);
    assertThat(directory.unregistered(scope)).isEqualTo(1);
    assertThat(directory.unregistered(new Scope(scope.organisation(), false))).isZero();
    Admission again = rig.admit(stranger).get(0);
    assertThat(again.deviceId()).isPositive();
    assertThat(again.sessionId()).isGreaterThan(admission.sessionId());

    registry.register(
        scope.organisation(),
        registry.group(scope.organisation(), "642M_MTS", 1),
        List.of(module(861000000000001L, 310000000001L)));
    assertThat(rig.admit(stranger).get(0))
        .extracting(Admission::result, Admission::deviceId)
        .containsExactly(HelloAck.Result.ACCEPTED, again.deviceId());
    assertThat(archive.list(scope, new DeviceId(again.deviceId()), new Slice(0, 10)).total())
        .isEqualTo(1);
  }

  @Test
  void anIdentityMustBeRightInEveryPart() throws Exception {
    List<SessionRequest> requests =
        List.of(
            second(),
            Fleet.module(Fleet.IMEI_2, 207900001121L),
            Fleet.module(868333030969000L, Fleet.SERIAL_2),
            Fleet.request(DeviceKind.BASE_STATION, Fleet.IMEI_2, Fleet.SERIAL_2),
            Fleet.request(DeviceKind.BASE_STATION, 0, 207900009001L),
            Fleet.request(DeviceKind.BASE_STATION, 868333030969001L, 207900009001L),
            Fleet.request(DeviceKind.BASE_STATION, Fleet.IMEI_2, 207900009001L),
            tagged(second()));

    assertThat(rig.admit(requests.toArray(SessionRequest[]::new)))
        .extracting(Admission::result)
        .containsExactly(
            HelloAck.Result.ACCEPTED,
            HelloAck.Result.NOT_REGISTERED,
            HelloAck.Result.NOT_REGISTERED,
            HelloAck.Result.NOT_REGISTERED,
            HelloAck.Result.ACCEPTED,
            HelloAck.Result.ACCEPTED,
            HelloAck.Result.NOT_REGISTERED,
            HelloAck.Result.NOT_REGISTERED);
    database.execute("update device set state = 'BLOCKED' where serial = " + Fleet.SERIAL_2);
    assertThat(rig.admit(requests.get(0)).get(0))
        .isEqualTo(new Admission(HelloAck.Result.BLOCKED, 0, 0, 0, null));
  }

  @Test
  void oneRowASessionWithItsInfoAndItsEnd() throws Exception {
    Session session = open(second());
    store(readings(session, NOW, record(1, 100, 1.0)));
    Info info = new Info(31, 0, 60, -85, 2, 3, "internet.mts.ru", "mts", "secret");
    store(new Delivery.OfInfo(session, 0, NOW.plusSeconds(1), info));
    store(new Delivery.OfEnd(session, NOW.plusSeconds(2), EndReason.BYE, 4));

    Page<SessionRow> rows = history.list(engineer(scope), device(Fleet.SERIAL_2), new Slice(0, 10));

    assertThat(rows.total()).isEqualTo(1);
    SessionRow row = rows.rows().get(0);
    assertThat(row.receivedAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(row.endedAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(row.endReason()).isEqualTo("BYE");
    assertThat(row.info()).isEqualTo(new SessionRow.Info(31, 0, 60, "", "", "", -85, 2, 3, true));
    assertThat(row.access()).isTrue();
    // Of how many sessions, says the record.
    assertThat(row.errorShare()).isEqualTo(2.0 / row.sessionsTotal());
  }

  @Test
  void anAccessPointIsShownByRowToWhoMayReadSecretsAndThatIsNoted() throws Exception {
    Session session = open(second());
    Info info = new Info(31, 0, 60, -85, 2, 3, "internet.mts.ru", "mts", "secret");
    store(new Delivery.OfInfo(session, 0, NOW.plusSeconds(1), info));
    SqlAuditTrail trail = new SqlAuditTrail(database.dataSource(), Clock.systemUTC());
    SqlAccessPoints points = new SqlAccessPoints(database.dataSource(), IngestRig.box(), trail);
    DeviceId device = device(Fleet.SERIAL_2);
    long row = history.list(engineer(scope), device, new Slice(0, 10)).rows().get(0).id();
    Caller observer = new Caller(2, "observer", "", scope, Set.of(Permission.READ_DEVICES));
    assertThatThrownBy(() -> points.reveal(observer, device, row))
        .isInstanceOf(NotPermittedException.class);
    Scope others = new Scope(new OrganisationId(scope.organisation().value() + 1), false);
    assertThat(points.reveal(engineer(others), device, row)).isEmpty();
    assertThat(points.reveal(engineer(scope), device, row + 1)).isEmpty();
    assertThat(database.value("select count(*) from audit")).isEqualTo("0");
    assertThat(points.reveal(engineer(scope), device, row))
        .contains(new AccessPoints.AccessPoint("internet.mts.ru", "mts", "secret"))
        .hasToString("Optional[AccessPoint]");
    assertThat(
            database.value(
                "select action || ' ' || login || ' ' || object || ' ' || after from audit"))
        .isEqualTo(
            "ACCESS_REVEALED engineer device %d, serial %d session=%d"
                .formatted(device.value(), Fleet.SERIAL_2, row));
  }

  private static Caller engineer(Scope scope) {
    return new Caller(1, "engineer", "", scope, Set.of(Permission.READ_SECRETS));
  }

  @Test
  void aBatchIsStoredWholeOrNotAtAll() throws Exception {
    Session session = open(second());
    Session broken =
        new Session(second(), new Admission(HelloAck.Result.ACCEPTED, 7, 999_999_999L, 0, null));
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () ->
                        rig.ingest.store(
                            1,
                            List.of(
                                new Placed(0, readings(session, NOW, record(1, 100, 1.0))),
                                new Placed(1, readings(broken, NOW, record(2, 200, 2.0)))))))
        .hasMessageContaining("device_state");
    assertThat(database.value("select count(*) from reading")).isEqualTo("0");
  }

  @Test
  void nobodySeesAnotherOrganisationsData() throws Exception {
    store(readings(open(second()), NOW, record(1, 100, 1.0)));
    database.execute("insert into organisation (name) values ('Другая')");
    Scope other =
        new Scope(
            new OrganisationId(
                Long.parseLong(
                    database.value("select id from organisation where name = 'Другая'"))),
            false);

    DeviceId device = device(Fleet.SERIAL_2);
    assertThat(directory.groups(other)).isEmpty();
    assertThat(directory.list(other, DeviceFilter.ALL, serial(), new Slice(0, 10)).total())
        .isZero();
    GroupId group = directory.groups(scope).get(0).id();
    assertThat(directory.list(other, DeviceFilter.of(group), serial(), new Slice(0, 10)).total())
        .isZero();
    assertThat(directory.find(other, device)).isEmpty();
    assertThat(archive.list(other, device, new Slice(0, 10)).total()).isZero();
    assertThat(history.list(engineer(other), device, new Slice(0, 10)).total()).isZero();
  }

  private Session open(SessionRequest request) throws Exception {
    Admission admission = rig.admit(request).get(0);
    assertThat(admission.result()).isEqualTo(HelloAck.Result.ACCEPTED);
    Session session = new Session(request, admission);
    store(new Delivery.OfStart(session, request.openedAt()));
    return session;
  }

  private List<Reply> store(Delivery... deliveries) throws Exception {
    return rig.store(deliveries);
  }

  private List<DeviceRow> table() {
    return directory.list(scope, DeviceFilter.ALL, serial(), new Slice(0, 100)).rows();
  }

  private static DeviceOrder serial() {
    return DeviceOrder.SERIAL;
  }

  private DeviceId device(long serial) throws Exception {
    return new DeviceId(
        Long.parseLong(database.value("select id from device where serial = " + serial)));
  }

  private static SessionRequest tagged(SessionRequest request) {
    Frame plain = request.frame();
    return new SessionRequest(
        request.hello(),
        new Frame(Frame.AUTH, plain.type(), plain.seq(), plain.payload(), new byte[Frame.TAG]),
        request.remoteAddress(),
        request.remotePort(),
        request.node(),
        request.openedAt(),
        false);
  }

  private static SessionRequest second() {
    return Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2);
  }

  private static Delivery readings(Session session, Instant at, Reading... records) {
    return new Delivery.OfReadings(session, 0, at, new Readings(List.of(records)));
  }

  private static long at(long second) {
    return NOW.getEpochSecond() - 10_000 + second;
  }

  private static Reading record(long number, long second, double reading) {
    return raw(number, at(second), reading, 20f);
  }

  private static Reading raw(long number, long moduleTime, double reading, float temperature) {
    return new Reading(
        number,
        moduleTime,
        moduleTime,
        reading,
        0.1f,
        temperature,
        3.6f,
        0,
        0,
        0,
        0,
        0,
        4097,
        -80,
        0,
        60,
        number,
        1);
  }
}
