package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** One frame that cannot be stored, here of a device whose row is gone, among frames that can. */
class IntakeTest {

  private static final Instant NOW = Instant.parse("2021-02-15T12:00:00Z");
  private static final Reply STORED = Reply.STORED;

  private final IngestRig rig = new IngestRig();
  private final TestDatabase database = rig.database;
  private Session good;
  private final Session gone =
      new Session(
          Fleet.module(868333030969634L, 207900001121L),
          new Admission(HelloAck.Result.ACCEPTED, 77, 999_999, 0, null));

  @BeforeEach
  void registerOne() throws Exception {
    database.execute("insert into organisation (name, runs_installation) values ('Квант', true)");
    OrganisationId owner =
        new OrganisationId(Long.parseLong(database.value("select id from organisation")));
    rig.registry.register(
        owner,
        rig.registry.group(owner, "642M_MTS", 1),
        List.of(new NewDevice(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, NOW)));
    good =
        new Session(
            Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2),
            rig.admit(Fleet.module(Fleet.IMEI_2, Fleet.SERIAL_2)).get(0));
  }

  @Test
  void itIsSetAsideAsItCameAndItsNeighboursAreStored() throws Exception {
    Delivery poisoned = frame(gone, 1);
    assertThat(
            store(
                frame(good, 0),
                poisoned,
                frame(good, 2),
                new Delivery.OfEnd(gone, NOW, EndReason.BYE, 3),
                frame(good, 0)))
        .containsExactly(
            STORED, STORED, STORED, STORED, new Reply(Reply.Kind.STORED_BEFORE, 0, List.of()));

    assertThat(database.value("select count(*) from reading")).isEqualTo("2");
    assertThat(database.value("select record_number from device_state")).isEqualTo("1296");
    assertThat(
            database.value(
                "select concat_ws(' ', kind, imei, serial, session_id, node, remote_address,"
                    + " sql_state, frame_type, extract(epoch from received_at)::bigint)"
                    + " from ingest_failed where frame_type is not null"))
        .isEqualTo(
            "MODULE 868333030969634 207900001121 77 node-1 127.0.0.1:40000 23503 2 "
                + NOW.getEpochSecond());
    assertThat(
            database.value(
                "select encode(payload, 'hex') from ingest_failed where payload is not null"))
        .isEqualTo(
            HexFormat.of()
                .formatHex(PacketEncoder.payload(((Delivery.OfReadings) poisoned).packet())));
    assertThat(database.value("select count(*) from ingest_failed"))
        .as("the end of a session is promised to nobody")
        .isEqualTo("1");
  }

  /** From here on the archive refuses every record with this number. */
  private void poison(long recordNumber) throws Exception {
    database.execute(
        "alter table reading add constraint poison check (record_number <> %d) not valid"
            .formatted(recordNumber));
  }

  private Delivery numbered(long number) {
    Reading r = Fleet.recorded().get(0).reading();
    Reading record =
        new Reading(
            number,
            r.moduleTime() + number,
            r.meterTime(),
            r.reading(),
            r.resource(),
            r.temperature(),
            r.battery(),
            0,
            0,
            0,
            0,
            0,
            r.status(),
            r.rssi(),
            r.band(),
            r.period(),
            r.sessionsTotal(),
            r.sessionsDay());
    return new Delivery.OfReadings(good, 0, NOW, new Readings(List.of(record)));
  }

  private Delivery[] numbered(long first, int count) {
    return LongStream.range(first, first + count).mapToObj(this::numbered).toArray(Delivery[]::new);
  }

  @Test
  void amongFiveHundredItCostsNobodyAnything() throws Exception {
    poison(250);
    assertThat(store(numbered(1, 500))).hasSize(500).containsOnly(STORED);
    assertThat(database.value("select count(*) from reading")).isEqualTo("499");
    assertThat(
            database.value(
                "select concat_ws(' ', min(frame), max(frame), count(distinct frame)) from reading"))
        .as("places are those of the whole batch")
        .isEqualTo("0 499 499");
    assertThat(database.value("select count(*) from ingest_failed")).isEqualTo("1");
  }

  @Test
  void whenNothingOfItsKindIsStoredStorageIsFailing() throws Exception {
    database.execute("alter table reading add constraint shut check (false) not valid");
    Info info = new Info(1, 0, 60, -85, 2, 3, "", "", "");
    assertThat(store(new Delivery.OfInfo(good, 0, NOW, info), numbered(1), numbered(2)))
        .as("an INFO that is stored shows nothing about the archive, and loses nothing")
        .extracting(Reply::kind)
        .containsExactly(Reply.Kind.STORED, Reply.Kind.REFUSED, Reply.Kind.REFUSED);
    assertThatThrownBy(() -> store(numbered(1), numbered(2))).isInstanceOf(DatabaseException.class);
    assertThat(database.value("select count(*) from ingest_failed")).isEqualTo("0");
  }

  @Test
  void whatWasStoredBeforeAndIsRefusedNowShowsThatStorageFails() throws Exception {
    store(numbered(1));
    database.execute("alter table reading add constraint shut check (false) not valid");
    assertThatThrownBy(() -> store(numbered(2), numbered(3))).isInstanceOf(DatabaseException.class);
    assertThatThrownBy(() -> store(numbered(2))).isInstanceOf(DatabaseException.class);
    assertThatThrownBy(() -> store(numbered(2))).isInstanceOf(DatabaseException.class);
    assertThat(database.value("select count(*) from ingest_failed")).isEqualTo("0");
  }

  @Test
  void allThatAreInDoubtAreSettledWhenTheyComeAgain() throws Exception {
    store(numbered(1));
    database.execute(
        "alter table reading add constraint poison check (record_number < 100) not valid");
    assertThatThrownBy(() -> store(numbered(100), numbered(101), numbered(102)))
        .isInstanceOf(DatabaseException.class);
    assertThat(store(numbered(102), numbered(100), numbered(101)))
        .containsExactly(STORED, STORED, STORED);
    assertThat(database.value("select count(*) from ingest_failed")).isEqualTo("3");
  }

  @Test
  void aLoneOneIsSetAsideWhenItComesAgain() throws Exception {
    store(numbered(1));
    poison(7);
    assertThatThrownBy(() -> store(numbered(7))).isInstanceOf(DatabaseException.class);
    assertThat(store(numbered(7))).containsExactly(STORED);
    assertThat(database.value("select concat_ws(' ', count(*), min(sql_state)) from ingest_failed"))
        .isEqualTo("1 23514");
  }

  @Test
  void itIsTriedAgainUntilItIsStored() throws Exception {
    poison(2);
    store(numbered(1, 3));
    assertThat(second()).as("not due yet").isFalse();
    due();
    assertThat(second()).isTrue();
    assertThat(
            database.value(
                "select concat_ws(' ', attempts, stored_at is null,"
                    + " next_try_at > now() + interval '5 seconds') from ingest_failed"))
        .isEqualTo("1 t t");
    database.execute("alter table reading drop constraint poison");
    due();
    assertThat(second()).isTrue();
    assertThat(second()).isFalse();
    assertThat(
            database.value(
                "select concat_ws(' ', r.record_number, r.received_at = f.received_at,"
                    + " r.session_id = f.session_id, f.attempts, f.stored_at is not null)"
                    + " from reading r, ingest_failed f where r.record_number = 2"))
        .isEqualTo("2 t t 2 t");
    assertThat(store(numbered(2)))
        .as("a repeat is known")
        .containsExactly(new Reply(Reply.Kind.STORED_BEFORE, 0, List.of()));
  }

  @Test
  void whileItWaitsItIsKnownWhenItComesAgain() throws Exception {
    poison(2);
    assertThat(store(numbered(1, 3))).containsExactly(STORED, STORED, STORED);
    Reply known = new Reply(Reply.Kind.STORED_BEFORE, 0, List.of());
    assertThat(store(numbered(2))).containsExactly(known);
    assertThat(store(numbered(2), numbered(4), numbered(2))).containsExactly(known, STORED, known);
    assertThat(database.value("select count(*) from ingest_failed")).isEqualTo("1");
  }

  private void due() throws Exception {
    database.execute("update ingest_failed set next_try_at = now()");
  }

  private boolean second() throws Exception {
    return database.inTransaction(rig.second::next);
  }

  @Test
  void noPasswordGetsIntoTheMessage() {
    Info info = new Info(1, 0, 60, -85, 2, 3, "internet.mts.ru", "mts", "secret");
    assertThatThrownBy(() -> store(new Delivery.OfInfo(gone, 0, NOW, info)))
        .hasMessageContaining("device_state_device_id_fkey")
        .satisfies(
            e -> {
              for (Throwable t = e; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain("secret");
              }
            });
  }

  @Test
  void aloneItFails() throws Exception {
    assertThatThrownBy(() -> store(frame(gone, 1))).isInstanceOf(DatabaseException.class);
    assertThatThrownBy(() -> store(frame(gone, 1), frame(gone, 2)))
        .as("nothing of the batch can be stored, so it is not the frames")
        .isInstanceOf(DatabaseException.class);
    assertThat(database.value("select count(*) from ingest_failed")).isEqualTo("0");
  }

  @Test
  void whatIsNotTheDatasFaultSetsNothingAside() throws Exception {
    database.execute("alter table reading rename to reading_away");
    assertThatThrownBy(() -> store(frame(good, 1), frame(good, 2)))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.sqlState()).isEqualTo("42P01"));
    assertThat(database.value("select count(*) from ingest_failed")).isEqualTo("0");
    assertThat(database.value("select count(*) from device_session")).isEqualTo("0");
  }

  private List<Reply> store(Delivery... deliveries) throws Exception {
    return rig.store(deliveries);
  }

  private static Delivery frame(Session session, int row) {
    return new Delivery.OfReadings(
        session, 0, NOW, new Readings(List.of(Fleet.recorded().get(row).reading())));
  }
}
