package org.kvantenergo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.internal.SqlDeviceDirectory;
import org.kvantenergo.reading.ReadingRow;
import org.kvantenergo.reading.internal.SqlReadingArchive;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.session.internal.SqlSessionHistory;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Cursor;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Span;

/** What is read by a cursor is what the tables list, and as of one moment. */
class StreamsTest {

  private static final Scope OURS = new Scope(new OrganisationId(1), false);
  private static final Scope THEIRS = new Scope(new OrganisationId(2), false);
  private static final Slice WHOLE = new Slice(0, 1000);
  private static final DeviceId FIRST = new DeviceId(1);

  private final TestDatabase database = TestDatabase.create();
  private final DataSource source = database.dataSource();
  private final SqlDeviceDirectory directory = new SqlDeviceDirectory(source);
  private final SqlReadingArchive archive = new SqlReadingArchive(source);
  private final SqlSessionHistory history = new SqlSessionHistory(source, new SecretBox());

  /** Keeps what comes. */
  private static class Kept<T> implements Rows<T> {
    long total = -1;
    final List<T> rows = new ArrayList<>();

    @Override
    public void total(long count) throws IOException {
      total = count;
    }

    @Override
    public void row(T row) throws IOException {
      rows.add(row);
    }
  }

  @BeforeEach
  void devices() throws Exception {
    database.execute(
        """
        insert into organisation (name) values ('Наша'), ('Чужая');
        insert into device (organisation_id, kind, state, imei, serial, model)
          select 1 + (n % 3 = 2)::int, 'MODULE', 'REGISTERED', n, 5000 - n, 642
          from generate_series(1, 1200) n;
        insert into reading (device_id, module_time, record_number, digest, meter_time, received_at,
            session_id, reading, resource, temperature, battery, measurement_errors,
            temperature_errors, control_errors, calibration_errors, hardware_errors, status, rssi,
            band, period_minutes, sessions_total, sessions_day, marks, raw)
          select 1, t, n, n, t, now(), 1, 10 + (n * 7 % 5), 0, 0, 0, 0, 0, 0, 0, 0, 1,
            0, 0, 0, 0, 0, 0, null
          from generate_series(1, 700) n,
            lateral (select timestamptz '2021-02-01Z' + n * interval '1 hour' as t) at;
        """);
  }

  @Test
  void devicesAreThoseOfTheListInItsOrder() throws IOException {
    for (DeviceOrder.Key key : DeviceOrder.Key.values()) {
      DeviceOrder order = new DeviceOrder(key, key != DeviceOrder.Key.RECEIVED);
      Kept<DeviceRow> kept = new Kept<>();
      directory.stream(OURS, DeviceFilter.ALL, order, kept);
      assertThat(kept.total).isEqualTo(800);
      assertThat(kept.rows).isEqualTo(directory.list(OURS, DeviceFilter.ALL, order, WHOLE).rows());
    }
  }

  @Test
  void ofSomeDevicesThoseThatAreSeen() throws IOException {
    List<DeviceId> asked = List.of(new DeviceId(3), new DeviceId(2), FIRST, new DeviceId(9999));
    DeviceOrder order = new DeviceOrder(DeviceOrder.Key.SERIAL, true);
    Kept<DeviceRow> ours = new Kept<>();
    directory.stream(OURS, asked, order, ours);
    assertThat(ours.total).isEqualTo(2);
    assertThat(ours.rows).extracting(row -> row.id().value()).containsExactly(3L, 1L);
    Kept<DeviceRow> theirs = new Kept<>();
    directory.stream(THEIRS, asked, order, theirs);
    assertThat(theirs.rows).extracting(row -> row.id().value()).containsExactly(2L);
  }

  @Test
  void recordsAreThoseOfTheListAndOfAPeriod() throws IOException {
    Kept<ReadingRow> all = new Kept<>();
    archive.stream(OURS, FIRST, Span.ALL, all);
    assertThat(all.total).isEqualTo(700);
    assertThat(all.rows).isEqualTo(archive.list(OURS, FIRST, WHOLE).rows());
    assertThat(all.rows).anyMatch(ReadingRow::fell);

    Instant from = Instant.parse("2021-02-01T10:00:00Z");
    Kept<ReadingRow> some = new Kept<>();
    archive.stream(OURS, FIRST, new Span(from, from.plusSeconds(3 * 3600)), some);
    assertThat(some.total).isEqualTo(3);
    assertThat(some.rows)
        .extracting(ReadingRow::moduleTime)
        .containsExactly(from.plusSeconds(7200), from.plusSeconds(3600), from);

    Kept<ReadingRow> theirs = new Kept<>();
    archive.stream(THEIRS, FIRST, Span.ALL, theirs);
    assertThat(theirs.total).isZero();
    assertThat(theirs.rows).isEmpty();
  }

  @Test
  void sessionsSayTheirSecretsToWhoMayReadThem() throws Exception {
    session(1, "2021-02-01T10:00:00Z");
    session(2, "2021-02-02T10:00:00Z");
    Caller reads = caller(OURS, Permission.READ_DEVICES);
    Caller knows = caller(OURS, Permission.READ_DEVICES, Permission.READ_SECRETS);
    for (Caller caller : List.of(reads, knows)) {
      Kept<SessionRow> kept = new Kept<>();
      history.stream(caller, FIRST, Span.ALL, kept);
      assertThat(kept.total).isEqualTo(2);
      assertThat(kept.rows)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
              "info.apn", "info.login", "info.password")
          .isEqualTo(history.list(caller, FIRST, WHOLE).rows());
      assertThat(kept.rows.get(0).info().password())
          .isEqualTo(caller.equals(knows) ? "secret" : "");
    }
    Kept<SessionRow> second = new Kept<>();
    history.stream(knows, FIRST, new Span(Instant.parse("2021-02-02T00:00:00Z"), null), second);
    assertThat(second.rows).extracting(SessionRow::id).containsExactly(2L);
    Kept<SessionRow> theirs = new Kept<>();
    history.stream(caller(THEIRS, Permission.READ_SECRETS), FIRST, Span.ALL, theirs);
    assertThat(theirs.rows).isEmpty();
  }

  @Test
  void whatChangesMeanwhileIsNotInTheFile() throws IOException {
    Kept<DeviceRow> kept =
        new Kept<>() {
          @Override
          public void row(DeviceRow row) throws IOException {
            if (rows.isEmpty()) {
              change("update device set comment = 'later'");
              change("delete from device where id = 1200");
            }
            super.row(row);
          }
        };
    directory.stream(OURS, DeviceFilter.ALL, new DeviceOrder(DeviceOrder.Key.SERIAL, false), kept);
    assertThat(kept.rows).hasSize(800).allMatch(row -> row.comment().isEmpty());
  }

  @Test
  void stoppingEndsWhatTheDatabaseIsDoing() throws Exception {
    AtomicReference<Runnable> stop = new AtomicReference<>();
    Kept<String> kept =
        new Kept<>() {
          @Override
          public void begun(Runnable stopper) {
            stop.set(stopper);
          }
        };
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> {
              try {
                new Cursor(source)
                    .read(
                        "sleeping",
                        new Cursor.Query("select 1", statement -> {}),
                        new Cursor.Query("select pg_sleep(600)::text", statement -> {}),
                        row -> row.getString(1),
                        kept);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    String sleeping =
        "select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
            + " and datname = current_database()";
    while (database.value(sleeping).equals("0")) {
      Thread.onSpinWait();
    }
    stop.get().run();
    assertThatThrownBy(reading::join).hasCauseInstanceOf(DatabaseException.class);
    assertThat(database.value(sleeping)).isEqualTo("0");
    stop.get().run();
  }

  private void change(String sql) {
    try {
      database.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void session(long id, String opened) throws Exception {
    database.execute(
        """
        insert into device_session (id, device_id, node, remote_address, opened_at, protocol, model,
            firmware, iccid, info_at, contract_day, contract_hour, period_minutes, info_rssi,
            error_count, retries, apn, apn_login, apn_password, info_odd)
          values (%1$d, 1, 'n', '127.0.0.1:1', '%2$s', 5, 642, 1, '8970', '%2$s', 1, 10, 60, -80,
            0, 3, 'iot', 'user', 'secret', false)
        """
            .formatted(id, opened));
  }

  private static Caller caller(Scope scope, Permission... permissions) {
    return new Caller(1, "x", "", scope, Set.of(permissions));
  }
}
