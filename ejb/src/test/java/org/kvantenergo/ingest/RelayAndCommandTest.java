package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandQueue;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.command.DeviceCommand;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Readings;

/** Blocks behind a base station, commands for both, take-overs, and what custody keeps. */
class RelayAndCommandTest {

  private static final Instant NOW = Instant.parse("2021-02-15T11:00:00Z");
  private static final long STATION = 207900009001L;
  private static final long BLOCK = 207900009999L;
  private static final Info INFO = new Info(1, 0, 60, -85, 0, 3, "", "", "");

  private final IngestRig rig = new IngestRig();
  private OrganisationId owner;

  @BeforeEach
  void register() throws Exception {
    rig.database.execute("insert into organisation (name, runs_installation) values ('К', true)");
    owner = new OrganisationId(Long.parseLong(rig.database.value("select id from organisation")));
    rig.registry.register(
        owner,
        rig.registry.group(owner, "642M_MTS", 1),
        List.of(
            new NewDevice(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, NOW),
            new NewDevice(DeviceRow.Kind.BASE_STATION, 0, STATION, 900, NOW),
            new NewDevice(DeviceRow.Kind.BLOCK, 0, BLOCK, 643, NOW)));
  }

  private Session open(SessionRequest request) throws Exception {
    Session session = new Session(request, rig.admit(request).get(0));
    rig.store(new Delivery.OfStart(session, NOW));
    return session;
  }

  private Session module() throws Exception {
    return open(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2));
  }

  private Session station() throws Exception {
    return open(Fleet.request(DeviceKind.BASE_STATION, 0, STATION));
  }

  private static Delivery readings(Session session, long block, int... rows) {
    List<org.kvantenergo.wire.packet.Reading> records = new ArrayList<>();
    for (int row : rows) {
      records.add(Fleet.recorded().get(row).reading());
    }
    return new Delivery.OfReadings(session, block, NOW, new Readings(records));
  }

  private static Delivery result(Session session, long block, long id, int code) {
    return new Delivery.OfResult(session, block, NOW, new CommandResult(id, code));
  }

  private DeviceId device(DeviceRow.Kind kind, long imei, long serial) {
    return rig.registry.standings(List.of(new DeviceClaim(kind, imei, serial))).get(0).registered();
  }

  private long queue(DeviceRow.Kind kind, long imei, long serial) {
    return rig.commands.enqueue(
        new CommandQueue.Order(
            device(kind, imei, serial),
            new DeviceCommand.SetRetries(5),
            "test",
            Instant.parse("2100-01-01T00:00:00Z"),
            3));
  }

  private long queueForModule() {
    return queue(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2);
  }

  private static String said(Reply reply) {
    StringBuilder said = new StringBuilder(reply.kind() + " " + reply.pendingCommands());
    reply
        .commands()
        .forEach(
            c -> said.append(" >").append(c.block()).append(':').append(c.command().commandId()));
    return said.toString();
  }

  private List<String> said(Delivery... deliveries) throws Exception {
    return rig.store(deliveries).stream().map(RelayAndCommandTest::said).toList();
  }

  @Test
  void aRelayedRecordIsTheBlocks() throws Exception {
    Session station = station();
    assertThat(said(readings(station, BLOCK, 0), readings(station, BLOCK, 0)))
        .containsExactly("STORED 0", "STORED_BEFORE 0");
    assertThat(
            rig.database.value(
                "select concat_ws(' ', d.kind, d.serial, s.session_id, s.model, v.serial)"
                    + " from reading r join device d on d.id = r.device_id"
                    + " join device_state s on s.device_id = d.id"
                    + " join device v on v.id = s.via_device_id"))
        .isEqualTo("BLOCK " + BLOCK + " " + station.admission().sessionId() + " 0 " + STATION);
  }

  @Test
  void theInfoOfABlockIsARowOfItsOwnInTheStationsSession() throws Exception {
    Session station = station();
    said(
        new Delivery.OfInfo(station, BLOCK, NOW, INFO),
        new Delivery.OfInfo(station, 0, NOW, new Info(2, 0, 10, -71, 0, 3, "", "", "")));
    assertThat(
            rig.database.value(
                "select string_agg(concat_ws(' ', d.kind, s.contract_day, s.period_minutes,"
                    + " s.end_reason), ', ' order by d.id)"
                    + " from device_session s join device d on d.id = s.device_id"
                    + " where s.id = "
                    + station.admission().sessionId()))
        .isEqualTo("BASE_STATION 2 10, BLOCK 1 60 RELAYED");
  }

  @Test
  void aBlockedBlockIsToldSoAndNothingOfItIsStored() throws Exception {
    Session station = station();
    rig.database.execute("update device set state = 'BLOCKED' where serial = " + BLOCK);
    assertThat(said(readings(station, BLOCK, 0), readings(station, 0, 1)))
        .containsExactly("BLOCK_BLOCKED 0", "STORED 0");
    assertThat(rig.database.value("select count(*) from reading")).isEqualTo("1");
  }

  @Test
  void aSerialThatIsNoBlockIsKeptApart() throws Exception {
    queueForModule();
    Session station = station();
    assertThat(said(readings(station, Fleet.SERIAL_2, 0), readings(station, 5, 0)))
        .containsExactly("STORED 0", "STORED 0");
    assertThat(
            rig.database.value(
                "select string_agg(concat_ws(' ', d.kind, d.state, d.serial), ', ' order by serial)"
                    + " from reading r join device d on d.id = r.device_id"))
        .isEqualTo("BLOCK UNREGISTERED 5, BLOCK UNREGISTERED " + Fleet.SERIAL_2);
  }

  @Test
  void behindAnUnknownStationEverythingIsKeptApart() throws Exception {
    queue(DeviceRow.Kind.BLOCK, 0, BLOCK);
    Session stranger = open(Fleet.request(DeviceKind.BASE_STATION, 0, 17));
    assertThat(said(readings(stranger, BLOCK, 0))).containsExactly("STORED 0");
    assertThat(
            rig.database.value(
                "select concat_ws(' ', d.kind, d.state, d.serial)"
                    + " from reading r join device d on d.id = r.device_id"))
        .isEqualTo("BLOCK UNREGISTERED " + BLOCK);
  }

  @Test
  void oneCommandAtATimeIsLeasedAndCounted() throws Exception {
    long first = queueForModule();
    long second = queueForModule();
    Session session = module();
    assertThat(
            said(
                new Delivery.OfInfo(session, 0, NOW, INFO),
                readings(session, 0, 0),
                new Delivery.OfPing(session, NOW)))
        .containsExactly("STORED 2 >0:" + first, "STORED 1", "STORED 1");
    assertThat(said(new Delivery.OfCommandSent(session, 0, NOW, first), readings(session, 0, 1)))
        .as("unanswered: nothing more is sent")
        .containsExactly("STORED 0", "STORED 1");
    assertThat(said(readings(session, 0, 2), result(session, 0, first, 0), readings(session, 0, 3)))
        .containsExactly("STORED 1", "STORED 1 >0:" + second, "STORED 0");
    assertThat(said(result(session, 0, second, 1), result(session, 0, second, 1)))
        .containsExactly("STORED 0", "STORED_BEFORE 0");
    assertThat(said(result(session, 0, first, 4))).containsExactly("STORED_BEFORE 0");
    assertThat(
            rig.database.value(
                "select string_agg(concat_ws(' ', state, attempts, result), ', ' order by id)"
                    + " from command"))
        .isEqualTo("DONE 1 0, REFUSED 0 1");
  }

  @Test
  void aNewSessionGetsAnUnansweredCommandAgain() throws Exception {
    long id = queueForModule();
    Session first = module();
    assertThat(said(readings(first, 0, 0))).containsExactly("STORED 1 >0:" + id);
    Session second = module();
    assertThat(said(readings(first, 0, 1)))
        .as("taken over: what it sends is stored, but it takes no commands")
        .containsExactly("STORED 0");
    assertThat(said(readings(second, 0, 2))).containsExactly("STORED 1 >0:" + id);
    assertThat(said(result(first, 0, id, 0)))
        .as("a result counts whatever lease is current")
        .containsExactly("STORED 0");
    assertThat(said(readings(second, 0, 3))).containsExactly("STORED 0");
  }

  @Test
  void whatIsExpiredOrTriedOftenEnoughIsNotSent() throws Exception {
    queueForModule();
    rig.database.execute("update command set expires_at = now() - interval '1 second'");
    queueForModule();
    rig.database.execute("update command set attempts = 3 where expires_at > now()");
    assertThat(said(readings(module(), 0, 0))).containsExactly("STORED 0");
  }

  @Test
  void aResultForNobodysCommandIsAcknowledgedOnce() throws Exception {
    long foreign = queue(DeviceRow.Kind.BLOCK, 0, BLOCK);
    Session session = module();
    assertThat(said(result(session, 0, foreign, 0), result(session, 0, 999, 0)))
        .containsExactly("STORED 0", "STORED 0");
    assertThat(said(result(session, 0, foreign, 0))).containsExactly("STORED_BEFORE 0");
    assertThat(rig.database.value("select state from command")).isEqualTo("QUEUED");
  }

  @Test
  void blocksGetTheirCommandsInsideAndByPing() throws Exception {
    long own = queue(DeviceRow.Kind.BASE_STATION, 0, STATION);
    Session station = station();
    assertThat(said(readings(station, BLOCK, 0))).containsExactly("STORED 0");
    long first = queue(DeviceRow.Kind.BLOCK, 0, BLOCK);
    long second = queue(DeviceRow.Kind.BLOCK, 0, BLOCK);
    assertThat(said(new Delivery.OfPing(station, NOW)))
        .containsExactly("STORED 1 >0:" + own + " >" + BLOCK + ":" + first);
    assertThat(said(new Delivery.OfPing(station, NOW))).containsExactly("STORED 0");
    assertThat(said(result(station, BLOCK, first, 0)))
        .containsExactly("STORED 1 >" + BLOCK + ":" + second);
  }

  @Test
  void unknownBlocksAreLimitedAndToldToComeBack() throws Exception {
    Session station = station();
    IngestService limited =
        rig.ingest(new UnknownDevices(rig.registry, java.time.Clock.systemUTC(), 2, 100));
    List<Placed> placed = new ArrayList<>();
    for (int block = 1; block <= 4; block++) {
      placed.add(new Placed(block - 1, readings(station, block, 0)));
    }
    List<Reply> replies = rig.database.inTransaction(() -> limited.store(1, placed));
    assertThat(replies)
        .extracting(Reply::kind)
        .containsExactly(
            Reply.Kind.STORED, Reply.Kind.STORED, Reply.Kind.REFUSED, Reply.Kind.REFUSED);
    assertThat(rig.database.value("select count(*) from reading")).isEqualTo("2");
    assertThat(
            rig.database.inTransaction(
                () -> limited.store(2, List.of(new Placed(0, readings(station, 1, 1))))))
        .as("who has a row goes on")
        .extracting(Reply::kind)
        .containsExactly(Reply.Kind.STORED);
  }

  @Test
  void whoIsRegisteredWhileItsSessionIsOpenKeepsOneArchive() throws Exception {
    SessionRequest unknown = Fleet.module(868333030969691L, 207900001321L);
    Session session = open(unknown);
    assertThat(session.admission().deviceId()).isZero();
    said(readings(session, 0, 0));
    rig.registry.register(
        owner,
        rig.registry.group(owner, "642M_MTS", 1),
        List.of(new NewDevice(DeviceRow.Kind.MODULE, 868333030969691L, 207900001321L, 642, NOW)));
    said(readings(session, 0, 1));
    assertThat(
            rig.database.value(
                "select concat_ws(' ', count(distinct device_id), count(*)) from reading"))
        .isEqualTo("1 2");
  }

  @Test
  void theSessionOfAKilledServerGetsAnEnd() throws Exception {
    Session lost = module();
    module();
    assertThat(
            rig.database.value(
                "select end_reason from device_session where id = " + lost.admission().sessionId()))
        .isEqualTo("SERVER_LOST");
    rig.store(
        new Delivery.OfEnd(lost, NOW.plusSeconds(9), org.kvantenergo.wire.EndReason.TAKEN_OVER, 3));
    assertThat(
            rig.database.value(
                "select concat_ws(' ', end_reason, frames) from device_session where id = "
                    + lost.admission().sessionId()))
        .as("what really happened is written over it")
        .isEqualTo("TAKEN_OVER 3");
  }

  @Test
  void whatIsStoredLateTakesNoCommands() throws Exception {
    queueForModule();
    Session session = module();
    Reply late =
        rig.database.inTransaction(
            () -> rig.ingest.storeLate(9, new Placed(0, readings(session, 0, 0))));
    assertThat(said(late)).isEqualTo("STORED 0");
    assertThat(rig.database.value("select state from command")).isEqualTo("QUEUED");
  }

  @Test
  void aBlockThatItsOwnLaneIsAtIsPassedOver() throws Exception {
    Session station = station();
    said(readings(station, BLOCK, 0));
    long id = queue(DeviceRow.Kind.BLOCK, 0, BLOCK);
    try (java.sql.Connection lane = rig.database.plain().getConnection();
        java.sql.Statement statement = lane.createStatement()) {
      lane.setAutoCommit(false);
      statement.execute("select 1 from device_state where via_device_id is not null for update");
      assertThat(said(new Delivery.OfPing(station, NOW))).containsExactly("STORED 0");
    }
    assertThat(said(new Delivery.OfPing(station, NOW)))
        .containsExactly("STORED 0 >" + BLOCK + ":" + id);
  }

  @Test
  void aSessionOfAnotherNodeIsTakenOver() throws Exception {
    Session here = module();
    SessionRequest there = there();
    Session other = new Session(there, rig.admit(there).get(0));
    rig.store(new Delivery.OfStart(other, NOW));
    assertThat(rig.sessions.takenOver("node-2")).isEmpty();
    assertThat(rig.sessions.takenOver("node-1")).containsExactly(here.admission().sessionId());
    assertThat(rig.sessions.takenOver("node-1")).isEmpty();
  }

  @Test
  void whoStartsTooLateFindsItselfTakenOver() throws Exception {
    SessionRequest request = Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2);
    Session older = new Session(request, rig.admit(request).get(0));
    SessionRequest there = there();
    Session newer = new Session(there, rig.admit(there).get(0));
    rig.store(new Delivery.OfStart(newer, NOW));
    rig.store(new Delivery.OfStart(older, NOW));
    assertThat(rig.sessions.takenOver("node-1")).containsExactly(older.admission().sessionId());
    assertThat(rig.sessions.takenOver("node-2")).isEmpty();
  }

  private static SessionRequest there() {
    SessionRequest here = Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2);
    return new SessionRequest(
        here.hello(), here.frame(), "127.0.0.1", 40_001, "node-2", here.openedAt(), false);
  }

  @Test
  void everyRecordKnowsItsPlaceAndRepeatsAreCounted() throws Exception {
    Session session = module();
    said(readings(session, 0, 0, 1), readings(session, 0, 2));
    said(readings(session, 0, 1), readings(session, 0, 1), readings(session, 0, 3));
    assertThat(
            rig.database.value(
                "select string_agg(concat_ws('/', batch_id - (select min(batch_id) from reading),"
                    + " frame, position), ' ' order by batch_id, frame, position) from reading"))
        .isEqualTo("0/0/0 0/0/1 0/1/0 1/2/0");
    assertThat(
            rig.database.value(
                "select concat_ws(' ', times, last_session, last_frame, last_position)"
                    + " from reading_repeat"))
        .isEqualTo("2 " + session.admission().sessionId() + " 1 0");
  }

  @Test
  void whenAcksWentOutIsKept() throws Exception {
    rig.database.inTransaction(
        () -> {
          rig.acks.note(
              List.of(
                  new AckReceipt(
                      7, "node-1", NOW, new long[] {1, 2}, new int[] {3, -1}, new int[] {4, -1})));
          return null;
        });
    assertThat(
            rig.database.value(
                "select concat_ws(' ', node, sessions, seqs, after_millis) from ingest_batch"))
        .isEqualTo("node-1 {1,2} {3,-1} {4,-1}");
  }
}
