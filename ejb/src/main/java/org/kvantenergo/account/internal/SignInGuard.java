package org.kvantenergo.account.internal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.kvantenergo.shared.DatabaseException;

/**
 * Counts attempts to sign in and locks logins. An attempt is counted before its password is looked
 * at and taken back when it was right, so that any number of attempts side by side, on any number
 * of nodes, gets five passwords checked and no more. Each method is a transaction of its own:
 * whatever becomes of the caller's, what was counted stays counted.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SignInGuard {

  /** Attempts before a login is locked. */
  static final int ATTEMPTS = 5;

  /**
   * How long a login stays locked, and after which time without attempts failures are forgotten.
   */
  static final Duration LOCK = Duration.ofMinutes(15);

  private static final String COUNT =
      """
      insert into sign_in_failure as f (login_digest, failures, last_at) values (?, 1, ?)
      on conflict (login_digest) do update
      set failures = case when f.last_at <= ? then 1 else f.failures + 1 end, last_at = excluded.last_at
      where f.failures < ? or f.last_at <= ?
      returning failures
      """;

  private static final String PURGE =
      """
      delete from sign_in_failure where login_digest in
      (select login_digest from sign_in_failure where last_at <= ? limit 100 for update skip locked)
      """;

  private final DataSource dataSource;

  /** For the container's proxies. */
  public SignInGuard() {
    this(null);
  }

  /** With the database. */
  @Inject
  public SignInGuard(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * An attempt.
   *
   * @param number 1..{@value #ATTEMPTS}; 0 = the login is locked and the password is not to be
   *     looked at
   * @param lockedUntil when the lock ends, if number is 0 or {@value #ATTEMPTS}
   */
  public record Attempt(int number, Instant lockedUntil) {}

  /** Counts an attempt. */
  public Attempt count(Login login, Instant now) {
    try (Connection connection = dataSource.getConnection()) {
      Attempt attempt = null;
      while (attempt == null) {
        attempt = tryToCount(connection, login, now);
      }
      // Afterwards: counting may wait for a row, purging never does, so nobody waits in a circle.
      purge(connection, now);
      return attempt;
    } catch (SQLException e) {
      throw new DatabaseException("counting an attempt to sign in", e);
    }
  }

  /** Forgets the failures of a login. */
  public void forget(Login login) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from sign_in_failure where login_digest = ?")) {
      delete.setBytes(1, login.digest());
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("forgetting failures to sign in", e);
    }
  }

  /** Null if a lock was there and then was not: the account's owner got in at the same moment. */
  private static Attempt tryToCount(Connection connection, Login login, Instant now)
      throws SQLException {
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setBytes(1, login.digest());
      count.setObject(2, utc(now));
      count.setObject(3, utc(now.minus(LOCK)));
      count.setInt(4, ATTEMPTS);
      count.setObject(5, utc(now.minus(LOCK)));
      try (ResultSet row = count.executeQuery()) {
        return row.next() ? new Attempt(row.getInt(1), now.plus(LOCK)) : locked(connection, login);
      }
    }
  }

  private static Attempt locked(Connection connection, Login login) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select last_at from sign_in_failure where login_digest = ?")) {
      query.setBytes(1, login.digest());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? new Attempt(0, row.getObject(1, OffsetDateTime.class).toInstant().plus(LOCK))
            : null;
      }
    }
  }

  private static void purge(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement purge = connection.prepareStatement(PURGE)) {
      purge.setObject(1, utc(now.minus(LOCK)));
      purge.executeUpdate();
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
