package org.kvantenergo.launcher.rekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.LaunchException;
import org.kvantenergo.launcher.fill.DemoDatabase;
import org.kvantenergo.shared.AccessSecret;
import org.kvantenergo.shared.SecretBox;

class RekeyTest {

  private static final int DEVICES = 2500;
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

  @TempDir static Path folder;

  private static DemoDatabase databases;

  private DatabaseAddress address;
  private SecretBox old;
  private Path file;

  @BeforeAll
  static void startDatabases() {
    databases = new DemoDatabase(folder.resolve("postgres"));
  }

  @AfterAll
  static void stopDatabases() {
    databases.close();
  }

  @BeforeEach
  void sealUnderTheOldKey(@TempDir Path keys) throws Exception {
    address = databases.superuser(NOW);
    file = keys.resolve("kvant-master.key");
    Files.writeString(file, Key.made().base64() + "\n");
    old = box(file);
    DemoDatabase.execute(
        address,
        "insert into device (kind, state, imei, serial, model) select 'MODULE', 'UNREGISTERED', n,"
            + " n, 642 from generate_series(1, "
            + DEVICES
            + ") n");
    try (Connection connection = connect();
        PreparedStatement key =
            connection.prepareStatement(
                "insert into device_key (device_id, sealed) values (?, ?)");
        PreparedStatement session =
            connection.prepareStatement(
                "insert into device_session (id, device_id, node, remote_address, opened_at,"
                    + " protocol, model, firmware, iccid, sealed_apn)"
                    + " values (?, ?, 'a', '', now(), 1, 1, 1, '', ?)");
        PreparedStatement name =
            connection.prepareStatement("insert into master_key (name) values (?)")) {
      connection.setAutoCommit(false);
      for (long device = 1; device <= DEVICES; device++) {
        key.setLong(1, device);
        key.setBytes(2, old.seal(secret(device), bytes("device_key/" + device)));
        key.addBatch();
      }
      key.executeBatch();
      session.setLong(1, 7);
      session.setLong(2, 1);
      session.setBytes(3, new AccessSecret("mts", "пароль").sealed(old, "device_session/7"));
      session.addBatch();
      session.setLong(1, 8);
      session.setBytes(3, new AccessSecret("", "").sealed(old, "device_session/8"));
      session.addBatch();
      session.executeBatch();
      name.setBytes(1, old.name());
      name.executeUpdate();
      connection.commit();
    }
  }

  @Test
  void everythingIsUnderTheNewKeyAndTheOldOneIsKept() throws Exception {
    String before = Files.readString(file);
    Rekey.byFile(address, new KeyFile(file));
    SecretBox fresh = box(file);
    assertAllUnder(fresh);
    assertThat(fresh.name()).isNotEqualTo(old.name());
    assertThat(file.resolveSibling(file.getFileName() + "." + Key.of(before).hexName()))
        .hasContent(before);
    assertThat(file.resolveSibling(file.getFileName() + ".new")).doesNotExist();
    assertThatThrownBy(() -> Rekey.change(address, Key.of(before), Key.made()))
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith("KVANT-5094 ");
  }

  /** The last row is held by somebody, so the program waits there until it is killed. */
  @Test
  void killedInTheMiddleNothingIsLostAndAnotherRunEndsIt() throws Exception {
    try (Connection holder = connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("select from device_session where id = 7 for update");
      Process program = program();
      try {
        awaitWaiting(program);
      } finally {
        program.destroyForcibly();
      }
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      holder.rollback();
    }
    awaitNobody();
    assertAllUnder(old);
    assertThat(box(file).name()).isEqualTo(old.name());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    String made = Files.readString(next);

    Process again = program();
    assertThat(again.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(again.exitValue()).isZero();
    assertThat(file).hasContent(made);
    assertAllUnder(box(file));
  }

  @Test
  void killedAfterTheCommitOnlyTheFileIsLeftToDo() throws Exception {
    KeyFile keys = new KeyFile(file);
    assertThat(Rekey.change(address, keys.present(), keys.next())).isEqualTo(DEVICES + 1);
    assertThat(box(file).name()).isEqualTo(old.name());
    Rekey.byFile(address, keys);
    assertAllUnder(box(file));
  }

  @Test
  void serversThatRunAreNotUndermined() throws Exception {
    try (Connection server =
        DriverManager.getConnection(
            address.url() + "?ApplicationName=kvant", address.user(), address.password())) {
      assertThatThrownBy(() -> Rekey.byFile(address, new KeyFile(file)))
          .hasMessage(
              "KVANT-5091 Servers are connected to "
                  + address.url()
                  + " (1 connections). Stop all of them: they seal under the old key.");
      assertThat(server.isValid(1)).isTrue();
    }
    assertAllUnder(old);
  }

  /** One that was away meanwhile: the key it has is not the one of the database any more. */
  @Test
  void aServerThatGoesOnUnderTheOldKeyIsRefused() throws Exception {
    Rekey.byFile(address, new KeyFile(file));
    try (Connection server = connect();
        PreparedStatement set =
            server.prepareStatement("update device_key set sealed = ? where device_id = 1")) {
      set.setBytes(1, old.seal(secret(9), bytes("device_key/1")));
      assertThatThrownBy(set::executeUpdate)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("KV001"));
    }
    assertAllUnder(box(file));
  }

  @Test
  void aValueThatCannotBeOpenedStopsAll() throws Exception {
    DemoDatabase.execute(
        address,
        "set session_replication_role = replica; update device_key set sealed = '\\x0102'"
            + " where device_id = "
            + DEVICES);
    assertThatThrownBy(() -> Rekey.byFile(address, new KeyFile(file)))
        .hasMessageStartingWith(
            "KVANT-5092 A value of device_key.sealed (device_key/"
                + DEVICES
                + ") cannot be opened");
    assertThat(opened(old, "select sealed from device_key where device_id = 1", "device_key/1"))
        .isEqualTo(secret(1));
  }

  private Process program() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dkvant.db.url=" + address.url(),
                "-Dkvant.db.user=" + address.user(),
                "-Dkvant.master-key.file=" + file,
                Rekey.class.getName(),
                folder.toString()));
    builder.environment().remove("KVANT_MASTER_KEY");
    return builder.inheritIO().start();
  }

  private void awaitWaiting(Process program) throws SQLException {
    while (!value("select exists (select from pg_stat_activity where wait_event_type = 'Lock')")
        .equals("t")) {
      assertThat(program.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  /** The killed program's transaction ends when the server notices. */
  private void awaitNobody() throws SQLException {
    while (!value(
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and pid <> pg_backend_pid()")
        .equals("0")) {
      Thread.onSpinWait();
    }
  }

  private void assertAllUnder(SecretBox box) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select device_id, sealed from device_key order by 1")) {
      for (long device = 1; device <= DEVICES; device++) {
        assertThat(row.next()).isTrue();
        assertThat(box.open(row.getBytes(2), bytes("device_key/" + device)))
            .isEqualTo(secret(device));
      }
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select sealed_apn from device_session order by id")) {
      row.next();
      assertThat(AccessSecret.open(box, row.getBytes(1), "device_session/7"))
          .isEqualTo(new AccessSecret("mts", "пароль"));
      row.next();
      assertThat(row.getBytes(1)).isEmpty();
    }
    assertThat(value("select encode(name, 'base64') from master_key"))
        .isEqualTo(Base64.getEncoder().encodeToString(box.name()));
  }

  private byte[] opened(SecretBox box, String sql, String context) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return box.open(row.getBytes(1), bytes(context));
    }
  }

  private String value(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }

  private static byte[] secret(long device) {
    return bytes("key of " + device);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SecretBox box(Path file) throws Exception {
    SecretBox box = new SecretBox();
    box.use(Base64.getDecoder().decode(Files.readString(file).strip()));
    return box;
  }
}
