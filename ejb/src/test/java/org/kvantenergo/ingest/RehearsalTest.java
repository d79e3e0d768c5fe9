package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.device.internal.SqlDeviceStates;
import org.kvantenergo.ingest.internal.SqlRehearsalTables;
import org.kvantenergo.reading.internal.SqlReadingStore;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Readings;

/** A rehearsal does all that the real way does, and nothing of it is there afterwards. */
class RehearsalTest {

  private static final Instant NOW = Instant.parse("2021-02-15T11:00:00Z");
  private static final int MODULES = 3;

  private final IngestRig rig = new IngestRig();
  private final DataSource source = rig.database.dataSource();
  private final SqlRehearsalTables tables = new SqlRehearsalTables(source, "node-1");
  private final RehearsalService rehearsal =
      new RehearsalService(tables, rig.registry, rig.admissions, rig.intake, rig.acks);

  private String schema;

  private interface Step {
    void run() throws Exception;
  }

  private void inTransaction(Step step) throws Exception {
    rig.database.inTransaction(
        () -> {
          step.run();
          return null;
        });
  }

  /** A device that really reported, with the id that the first of a rehearsal gets too. */
  @BeforeEach
  void somebodyReports() throws Exception {
    schema = "kvant_rehearsal_" + Integer.toHexString("node-1".hashCode());
    Session session = realSession(7, 7);
    rig.store(new Delivery.OfStart(session, NOW), readings(session, 0));
  }

  private Session realSession(long imei, long serial) throws Exception {
    var request = Fleet.request(DeviceKind.MODULE, imei, serial);
    return new Session(request, rig.admit(request).get(0));
  }

  private static Delivery readings(Session session, int line) {
    return new Delivery.OfReadings(
        session, 0, NOW, new Readings(List.of(Fleet.recorded().get(line).reading())));
  }

  /** Rows of every table and where every sequence stands, of the real schema. */
  private SortedMap<String, String> everything() throws SQLException {
    SortedMap<String, String> all = new TreeMap<>();
    for (String table : names("tablename", "pg_tables where schemaname = 'public'")) {
      all.put(table, rig.database.value("select count(*) from public." + table));
    }
    for (String name : names("sequencename", "pg_sequences where schemaname = 'public'")) {
      all.put(name, rig.database.value("select last_value from public." + name));
    }
    assertThat(all).containsKeys("reading", "device", "outbox", "device_session_id", "command_id");
    return all;
  }

  private List<String> names(String column, String from) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = rig.database.plain().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + column + " from " + from)) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private long rehearsed(String table) throws SQLException {
    return Long.parseLong(rig.database.value("select count(*) from " + schema + "." + table));
  }

  @Test
  void everythingIsDoneAndNothingIsKept() throws Exception {
    SortedMap<String, String> before = everything();
    inTransaction(() -> rehearsal.prepare(MODULES));
    for (int serial = 1; serial <= MODULES; serial++) {
      long own = serial;
      var request = Fleet.request(DeviceKind.MODULE, own, own);
      Admission admission =
          rig.database.inTransaction(() -> rehearsal.admit(List.of(request))).get(0);
      assertThat(admission).isEqualTo(new Admission(HelloAck.Result.ACCEPTED, own, own, 0, null));
      Session session = new Session(request, admission);
      BatchReply reply = rig.database.inTransaction(() -> rehearsal.deliver(wholeSession(session)));
      assertThat(reply.batchId()).isEqualTo(own);
      assertThat(reply.replies()).extracting(Reply::kind).containsOnly(Reply.Kind.STORED);
      inTransaction(() -> rehearsal.acknowledged(List.of(receipt(reply.batchId()))));
    }
    assertThat(rehearsed("reading")).isEqualTo(2 * MODULES);
    assertThat(rehearsed("device_state")).isEqualTo(MODULES);
    assertThat(rehearsed("device_session")).isEqualTo(MODULES);
    assertThat(rehearsed("command_stray_result")).isEqualTo(MODULES);
    assertThat(rehearsed("ingest_batch")).isEqualTo(MODULES);
    assertThat(everything()).isEqualTo(before);
    inTransaction(rehearsal::finish);
    assertThat(everything()).isEqualTo(before);
    assertThat(rig.database.value("select to_regnamespace('" + schema + "')")).isNull();
  }

  private static PacketBatch wholeSession(Session session) {
    Info info = new Info(1, 10, 60, -71, 2, 3, "internet", "", "");
    return new PacketBatch(
        List.of(
            new Delivery.OfStart(session, NOW),
            new Delivery.OfInfo(session, 0, NOW, info),
            readings(session, 0),
            readings(session, 1),
            new Delivery.OfResult(session, 0, NOW, new CommandResult(1, 0)),
            new Delivery.OfEnd(session, NOW, EndReason.BYE, 5)));
  }

  private static AckReceipt receipt(long batch) {
    return new AckReceipt(batch, "node-1", NOW, new long[] {1}, new int[] {1}, new int[] {0});
  }

  @Test
  void whatANodeLeftWhenItDiedGoesWithItsNextRehearsal() throws Exception {
    inTransaction(() -> rehearsal.prepare(MODULES));
    inTransaction(() -> rehearsal.prepare(1));
    assertThat(rehearsed("device")).isEqualTo(1);
    inTransaction(rehearsal::finish);
    inTransaction(rehearsal::finish);
  }

  @Test
  void outsideATransactionNothingIsStored() throws Exception {
    inTransaction(() -> rehearsal.prepare(MODULES));
    Session session = realSession(7, 7);
    SortedMap<String, String> before = everything();
    assertThatThrownBy(() -> rehearsal.deliver(new PacketBatch(List.of(readings(session, 1)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not the tables of a rehearsal: {public}");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void withoutItsTablesNothingIsStored() throws Exception {
    Session session = realSession(7, 7);
    SortedMap<String, String> before = everything();
    assertThatThrownBy(() -> inTransaction(tables::enter))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not the tables of a rehearsal: {}");
    inTransaction(() -> rehearsal.prepare(MODULES));
    rig.database.execute("drop table " + schema + ".device_state");
    assertThatThrownBy(
            () ->
                rig.database.inTransaction(
                    () -> rehearsal.deliver(new PacketBatch(List.of(readings(session, 1))))))
        .rootCause()
        .hasMessageStartingWith("ERROR: relation \"device_state\" does not exist");
    assertThat(everything()).isEqualTo(before);
  }

  /** One connection, as a pool would lend it: statements stay prepared over transactions. */
  @Test
  void thePlansOfAConnectionFollowItFromRehearsalToReality() throws Exception {
    inTransaction(() -> rehearsal.prepare(MODULES));
    try (Connection connection = rig.database.plain().getConnection()) {
      connection.setAutoCommit(false);
      connection.unwrap(org.postgresql.PGConnection.class).setPrepareThreshold(1);
      DataSource lent = lent(connection);
      SqlRehearsalTables front = new SqlRehearsalTables(lent, "node-1");
      SqlReadingStore archive = new SqlReadingStore(lent);
      SqlDeviceStates states = new SqlDeviceStates(lent);
      for (int round = 0; round < 30; round++) {
        boolean rehearses = round % 3 != 0;
        if (rehearses) {
          front.enter();
        }
        List<MeterRecord> records = List.of(record(round));
        assertThat(archive.append(records).cardinality()).isEqualTo(1);
        states.advance(List.of(contact(round)), records);
        // Now and then a rehearsal is rolled back, mostly it commits.
        if (round % 3 == 2) {
          connection.rollback();
        } else {
          connection.commit();
        }
      }
      assertThat(one(connection, "select count(*) from public.reading where session_id >= 1000"))
          .isEqualTo("10");
      assertThat(one(connection, "select session_id from public.device_state where device_id = 1"))
          .isEqualTo("1027");
      assertThat(one(connection, "select count(*) from " + schema + ".reading")).isEqualTo("10");
      assertThat(one(connection, "select session_id from " + schema + ".device_state"))
          .isEqualTo("1028");
      connection.commit();
    }
  }

  private static MeterRecord record(int round) {
    MeterRecord.Place place = new MeterRecord.Place(1, 0, 0, 1);
    return new RecordMapper()
        .map(Fleet.recorded().get(round + 1).reading(), new DeviceId(1), 1000 + round, place, NOW);
  }

  private static org.kvantenergo.device.SessionContact contact(int round) {
    return new org.kvantenergo.device.SessionContact(
        new DeviceId(1), 1000 + round, 5, 642, "", null, NOW);
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static DataSource lent(Connection connection) {
    Connection kept =
        (Connection)
            Proxy.newProxyInstance(
                RehearsalTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) ->
                    method.getName().equals("close") ? null : method.invoke(connection, args));
    return (DataSource)
        Proxy.newProxyInstance(
            RehearsalTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> kept);
  }

  @Test
  void whatKilledNodesLeftBehindGoesAfterADay() throws Exception {
    for (String left : List.of("kvant_rehearsal_a", "kvant_rehearsal_b", "kvant_rehearsal_c")) {
      rig.database.execute("create schema " + left);
    }
    rig.database.execute("comment on schema kvant_rehearsal_a is '2021-02-15 11:00:00+00'");
    inTransaction(
        () -> {
          try (Statement statement = source.getConnection().createStatement()) {
            statement.execute(
                "do $$ begin execute format('comment on schema kvant_rehearsal_b is %L', now()); end $$");
          }
        });
    inTransaction(() -> rehearsal.prepare(MODULES));
    assertThat(names("nspname", "pg_namespace where nspname like 'kvant%' order by 1"))
        .containsExactlyInAnyOrder("kvant_rehearsal_b", schema);
  }
}
