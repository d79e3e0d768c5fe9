package org.kvantenergo.launcher.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kvantenergo.launcher.fill.DemoDatabase.execute;
import static org.kvantenergo.launcher.fill.DemoDatabase.rows;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;

/** Against a real PostgreSQL with the server's own schema. */
class ArchiveFillerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:10:00Z");
  private static final Instant UNTIL = Instant.parse("2026-11-01T03:00:00Z");

  /** 1,001 hours: three of November, all 744 of October, 254 of September, the first for three. */
  private static final FillOrder ORDER = new FillOrder(5_003, 5, UNTIL, 2);

  private static final String COUNTS =
      "select tableoid::regclass::text, count(*) from reading group by 1 order by 1";
  private static final String SHAPE =
      """
      select c.relname, pg_get_expr(c.relpartbound, c.oid), coalesce(pg_get_indexdef(i.indexrelid), ''),
        i.indisvalid, i.indisprimary, coalesce(p.inhparent::regclass::text, ''),
        (select string_agg(pg_get_constraintdef(k.oid), ', ' order by k.conname)
          from pg_constraint k where k.conrelid = c.oid),
        (select string_agg(a.attname || ' ' || a.atttypid::regtype || ' ' || a.attnotnull, ', '
          order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0)
      from pg_inherits h join pg_class c on c.oid = h.inhrelid
      left join pg_index i on i.indrelid = c.oid left join pg_inherits p on p.inhrelid = i.indexrelid
      where h.inhparent = 'reading'::regclass order by 1, 3
      """;

  @TempDir private static Path folder;
  private static DemoDatabase databases;

  @BeforeAll
  static void start() {
    databases = new DemoDatabase(folder);
  }

  @AfterAll
  static void stop() {
    databases.close();
  }

  private static ArchiveFiller.Filled fill(DatabaseAddress address, FillOrder order)
      throws Exception {
    return ArchiveFiller.fill(address, folder, order, line -> {});
  }

  @Test
  void everyPartitionHasWhatItsHoursBring() throws Exception {
    DatabaseAddress address = databases.demo(NOW);
    List<String> shape = rows(address, SHAPE);
    ArchiveFiller.Filled filled = fill(address, ORDER);
    assertThat(filled.records()).isEqualTo(5_003);
    assertThat(filled.bytesOfARecord()).isBetween(150.0, 400.0);
    assertThat(rows(address, COUNTS))
        .containsExactly("reading_2026_09 1268", "reading_2026_10 3720", "reading_2026_11 15");
    assertThat(rows(address, SHAPE)).isEqualTo(shape);
    assertThat(rows(address, "select relname from pg_class where relname like 'fill%'")).isEmpty();
    assertThat(
            rows(
                address,
                """
                select count(*), count(distinct r.session_id), count(distinct r.batch_id),
                  min(r.module_time) >= '2026-09-20T10:00:25Z',
                  max(r.module_time) < '2026-11-01T02:01:04Z'
                from reading r join device_session s on s.id = r.session_id
                  and s.device_id = r.device_id and s.node = 'filler'
                """))
        .containsExactly("5003 5 11 t t");
    assertThat(
            rows(
                address,
                """
                select count(*) from (select reading >= lag(reading) over w and record_number =
                  1 + lag(record_number) over w as goes_on
                from reading window w as (partition by device_id order by module_time)) r
                where goes_on
                """))
        .as("readings grow, numbers have no gaps")
        .containsExactly("4998");
  }

  @Test
  void devicesAreRegisteredAndShowTheirNewestRecord() throws Exception {
    DatabaseAddress address = databases.demo(NOW);
    execute(
        address,
        "insert into device (kind, state, imei, serial, model)"
            + " values ('MODULE', 'UNREGISTERED', 860000000000002, 300000000002, 0)");
    fill(address, ORDER);
    assertThat(
            rows(
                address,
                """
                select d.serial, d.imei, d.state, d.model, g.name, d.commissioned_at
                from device d join device_group g on g.id = d.group_id order by d.serial limit 2
                """))
        .containsExactly(
            "300000000001 860000000000001 REGISTERED 642 642M_DEMO 2022-02-24 00:00:00+00",
            "300000000002 860000000000002 REGISTERED 642 642M_DEMO 2023-04-19 00:00:00+00");
    assertThat(
            rows(
                address,
                """
                select count(*), count(distinct r.device_id)
                from device_state s join reading r on r.device_id = s.device_id
                  and (r.module_time, r.record_number) = (s.module_time, s.record_number)
                where (s.reading, s.reading_module_time, s.reading_record_number, s.session_id,
                    s.last_contact_at, s.received_at, s.meter_time, s.resource, s.temperature,
                    s.battery, s.status, s.rssi, s.period_minutes, s.sessions_total, s.sessions_day)
                  = (r.reading, r.module_time, r.record_number, r.session_id, r.received_at,
                    r.received_at, r.meter_time, r.resource, r.temperature, r.battery, r.status,
                    r.rssi, r.period_minutes, r.sessions_total, r.sessions_day)
                  and not exists (select from reading n where n.device_id = r.device_id
                    and n.module_time > r.module_time)
                """))
        .containsExactly("5 5");
    assertThat(
            rows(
                address,
                """
                select count(*), count(*) filter (where s.fell)
                from device_state s join reading r on r.device_id = s.device_id
                  and (r.module_time, r.record_number, r.reading)
                    = (s.before_module_time, s.before_record_number, s.before_reading)
                where not exists (select from reading n where n.device_id = r.device_id
                  and n.module_time > r.module_time and n.module_time < s.module_time)
                """))
        .as("and are compared with the one before it")
        .containsExactly("5 0");
  }

  @Test
  void theBytesOfARecordHaveItsDigest() throws Exception {
    DatabaseAddress address = databases.demo(NOW);
    fill(address, new FillOrder(300, 100, UNTIL, 1));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    int intact = 0;
    try (Connection connection = DemoDatabase.connect(address);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from reading")) {
      while (row.next()) {
        byte[] hash = sha256.digest(PacketEncoder.record(reading(row)));
        intact += ByteBuffer.wrap(hash).getLong() == row.getLong("digest") ? 1 : 0;
      }
    }
    assertThat(intact).isEqualTo(300);
  }

  private static Reading reading(ResultSet r) throws SQLException {
    return new Reading(
        r.getLong("record_number"),
        r.getTimestamp("module_time").getTime() / 1000,
        r.getTimestamp("meter_time").getTime() / 1000,
        r.getDouble("reading"),
        r.getFloat("resource"),
        r.getFloat("temperature"),
        r.getFloat("battery"),
        r.getInt("measurement_errors"),
        r.getInt("temperature_errors"),
        r.getInt("control_errors"),
        r.getInt("calibration_errors"),
        r.getInt("hardware_errors"),
        r.getInt("status"),
        r.getInt("rssi"),
        r.getInt("band"),
        r.getInt("period_minutes"),
        r.getLong("sessions_total"),
        r.getInt("sessions_day"));
  }

  @Test
  void whatWasThereStaysAndNewerStateIsNotMovedBack() throws Exception {
    DatabaseAddress address = databases.demo(NOW);
    fleetModuleReports(address, 1, "2026-10-05T00:00:00Z", 9.5);
    fleetModuleReports(address, 2, "2026-11-20T00:00:00Z", 10.5);
    fill(address, ORDER);
    assertThat(rows(address, COUNTS))
        .containsExactly("reading_2026_09 1268", "reading_2026_10 3721", "reading_2026_11 16");
    assertThat(
            rows(
                address,
                """
                select d.serial, s.session_id, s.module_time, s.reading = 10.5
                from device_state s join device d on d.id = s.device_id
                where d.serial <= 300000000002 order by d.serial
                """))
        .satisfiesExactly(
            row -> assertThat(row).matches("300000000001 7 2026-11-01 02:00:\\d\\d\\+00 f"),
            row -> assertThat(row).isEqualTo("300000000002 7 2026-11-20 00:00:00+00 t"));
  }

  /** A module of the fleet that is registered and has one record, as the server stores it. */
  private static void fleetModuleReports(
      DatabaseAddress address, int module, String time, double reading) throws SQLException {
    execute(
        address,
        """
        insert into device (organisation_id, kind, state, imei, serial, model)
        select id, 'MODULE', 'REGISTERED', 860000000000000 + %1$d, 300000000000 + %1$d, 642
        from organisation;
        insert into reading (device_id, module_time, record_number, digest, meter_time, received_at,
          session_id, reading, resource, temperature, battery, measurement_errors,
          temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi, band,
          period_minutes, sessions_total, sessions_day, marks)
        select id, '%2$s', 1, 1, '%2$s', '%2$s', 7, %3$s, 1, 1, 1, 0, 0, 0, 0, 0, 4097, 1, 1, 60, 1, 1, 0
        from device where serial = 300000000000 + %1$d;
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at,
          module_time, record_number, reading, reading_module_time, reading_record_number)
        select device_id, 7, 5, 642, '', module_time, module_time, 1, reading, module_time, 1
        from reading where module_time = '%2$s'
        """
            .formatted(module, time, reading));
  }

  @Test
  void anArchiveIsFilledOnce() throws Exception {
    DatabaseAddress address = databases.demo(NOW);
    fill(address, new FillOrder(10, 3, UNTIL, 1));
    assertRefused(address, ORDER, "KVANT-5072 The archive of ");
    assertThat(rows(address, "select count(*) from reading")).containsExactly("10");
  }

  @Test
  void oneThatWasStoppedBeforeItsLastStepIsBroughtToItsEnd() throws Exception {
    DatabaseAddress address = databases.demo(NOW);
    execute(address, "alter table device_state add constraint stop check (device_id < 0)");
    assertThatThrownBy(() -> fill(address, ORDER)).isInstanceOf(SQLException.class);
    assertThat(rows(address, "select count(*) from reading")).containsExactly("5003");
    execute(address, "alter table device_state drop constraint stop");
    assertRefused(address, ORDER, "KVANT-5072 ");
    assertThat(rows(address, "select count(*) from device_state")).containsExactly("5");
    assertThat(rows(address, "select relname from pg_class where relname like 'fill%'")).isEmpty();
  }

  @Test
  void oneThatFailsLeavesTheArchiveAsItWas() throws Exception {
    DatabaseAddress address = databases.demo(NOW);
    execute(address, "alter table device_session add constraint stop check (node <> 'filler')");
    assertThatThrownBy(() -> fill(address, ORDER)).isInstanceOf(SQLException.class);
    assertThat(rows(address, "select count(*) from reading")).containsExactly("0");
    assertThat(rows(address, "select relname from pg_class where relname like 'fill%'")).isEmpty();
    execute(address, "alter table device_session drop constraint stop");
    // What a killed one leaves.
    execute(address, "create table fill_reading_2026_10 (like reading)");
    assertThat(fill(address, ORDER).records()).isEqualTo(5_003);
  }

  @Test
  void databasesThatAreNotToBeFilled() throws Exception {
    assertRefused(databases.empty(), ORDER, "KVANT-5070 The database ");
    assertRefused(databases.migrated(NOW), ORDER, "KVANT-5071 The database ");
    DatabaseAddress old = databases.demo(Instant.parse("2026-07-21T00:00:00Z"));
    assertRefused(old, ORDER, "KVANT-5074 The archive of ");
    try (Connection other = DemoDatabase.connect(old);
        Statement statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(" + ArchiveFiller.LOCK + ")");
      assertRefused(old, ORDER, "KVANT-5073 The archive of ");
    }
  }

  @Test
  void aDiskThatIsTooSmallIsSeenBeforehand() throws Exception {
    DatabaseAddress address = databases.demo(NOW);
    List<String> lines = new ArrayList<>();
    assertThatThrownBy(
            () ->
                ArchiveFiller.fill(
                    address,
                    new ArchiveFiller.Disk("a small disk", () -> 1_000_000),
                    ORDER,
                    lines::add))
        .hasMessageMatching(
            "KVANT-5075 5003 records need 0\\.0 GB while they are written; the disk of a small disk"
                + " has 0\\.0 GB left\\..*");
    assertThat(lines)
        .singleElement()
        .asString()
        .matches(
            "Filling the archive: 5,003 records of 5 modules, 2026-09-20T10:00:00Z to"
                + " 2026-11-01T03:00:00Z; about \\d{3} bytes each, 0\\.0 GB while at it");
    assertThat(rows(address, "select count(*) from reading")).containsExactly("0");
  }

  private static void assertRefused(DatabaseAddress address, FillOrder order, String begin) {
    assertThatThrownBy(() -> fill(address, order)).hasMessageStartingWith(begin);
  }
}
