package org.kvantenergo.session.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.shared.AccessSecret;
import org.kvantenergo.shared.SecretBox;

/** What an earlier version left in the clear, on a real PostgreSQL. */
class PlainApnTest {

  private final TestDatabase database = TestDatabase.create();
  private final SecretBox box = new SecretBox();
  private final PlainApn plain = new PlainApn(database.plain(), box);

  @BeforeEach
  void sessionsOfAnEarlierVersion() throws Exception {
    box.use(new byte[SecretBox.KEY_LENGTH]);
    database.execute(
        "insert into device (kind, state, imei, serial, model)"
            + " values ('MODULE', 'UNREGISTERED', 1, 1, 1)");
    database.execute(
        """
        insert into device_session (id, device_id, node, remote_address, opened_at, protocol, model,
          firmware, iccid, info_at, apn, apn_login, apn_password)
        select n, d.id, 'a', '', now(), 1, 1, 1, '', case when n % 3 > 0 then now() end, 'internet',
          case n % 3 when 1 then 'login' || n when 2 then '' end,
          case n % 3 when 1 then 'пароль' || n when 2 then '' end
        from device d, generate_series(1, 2100) n
        """);
  }

  @Test
  void isSealedInBatchesAndReadsAsBefore() throws Exception {
    assertThat(plain.seal()).isEqualTo(1000);
    assertThat(secret(1)).isEqualTo(new AccessSecret("login1", "пароль1"));
    assertThat(secret(2100 - 2)).isEqualTo(new AccessSecret("login2098", "пароль2098"));
    assertThat(left()).isEqualTo("400");
    assertThat(plain.seal()).isEqualTo(400);
    assertThat(plain.seal()).isZero();
    assertThat(left()).isEqualTo("0");
    assertThat(secret(2)).isEqualTo(new AccessSecret("", ""));
    assertThat(secret(2098)).isEqualTo(new AccessSecret("login2098", "пароль2098"));
    assertThat(
            database.value(
                "select count(*) || ' ' || count(sealed_apn) || ' '"
                    + " || count(*) filter (where length(sealed_apn) > 0) from device_session"))
        .isEqualTo("2100 1400 700");
  }

  @Test
  void whatAnotherNodeHasInHandIsLeftToIt() throws Exception {
    try (Connection other = database.plain().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from device_session where id <= 1500 for update");
      assertThat(plain.seal()).isEqualTo(400);
      other.rollback();
    }
    assertThat(plain.seal()).isEqualTo(1000);
    assertThat(left()).isEqualTo("0");
  }

  @Test
  void aNewerWordStands() throws Exception {
    database.execute("update device_session set sealed_apn = '' where id = 1");
    plain.seal();
    assertThat(secret(1)).isEqualTo(new AccessSecret("", ""));
  }

  @Test
  void aSessionThatMovesToAnotherRowOfItsDeviceKeepsItsSecret() throws Exception {
    plain.seal();
    database.execute(
        "insert into device (kind, state, imei, serial, model)"
            + " values ('MODULE', 'UNREGISTERED', 2, 2, 1)");
    database.execute(
        "update device_session set device_id = (select id from device where serial = 2) where id ="
            + " 1");
    assertThat(secret(1)).isEqualTo(new AccessSecret("login1", "пароль1"));
  }

  private AccessSecret secret(long session) throws Exception {
    try (Connection connection = database.plain().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select * from device_session where id = " + session)) {
      row.next();
      return SessionSecrets.open(box, row);
    }
  }

  private String left() throws Exception {
    return database.value(
        "select count(*) from device_session where apn_login is not null or apn_password is not"
            + " null");
  }
}
