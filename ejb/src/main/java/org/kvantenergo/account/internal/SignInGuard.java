package org.kvantenergo.account.internal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.shared.Sql;

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

  private static final String DOING = "counting an attempt to sign in";

  private static final String COUNT =
      """
      insert into sign_in_failure as f (login_digest, failures, last_at) values (?, 1, ?)
      on conflict (login_digest) do update
      set failures = case when f.last_at <= ? then 1 else f.failures + 1 end, last_at = excluded.last_at
      where f.failures < ? or f.last_at <= ?
      returning failures
      """;

  private static final String TAKE_BACK =
      """
      update sign_in_failure set failures = failures - 1 where login_digest = ? and failures > 1
      """;

  private static final String PURGE =
      """
      delete from sign_in_failure where login_digest in
      (select login_digest from sign_in_failure where last_at <= ? limit 100 for update skip locked)
      """;

  private final Sql sql;

  /** For the container's proxies. */
  public SignInGuard() {
    this(null);
  }

  /** With the database. */
  @Inject
  public SignInGuard(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /**
   * An attempt.
   *
   * @param number 1..{@value #ATTEMPTS}; 0 = the login is locked and the password is not to be
   *     looked at
   * @param lockedUntil when the lock ends, if number is 0 or {@value #ATTEMPTS}
   */
  public record Attempt(int number, Instant lockedUntil) {}

  /** Counts an attempt to sign in. */
  public Attempt count(Login login, Instant now) {
    return count(login.digest(), now);
  }

  /**
   * Counts an attempt at something else that is guarded alike.
   *
   * @param key 32 bytes that no login has as its digest
   */
  public Attempt count(byte[] key, Instant now) {
    Attempt attempt = null;
    while (attempt == null) {
      attempt = tryToCount(key, now);
    }
    // Afterwards: counting may wait for a row, purging never does, so nobody waits in a circle.
    sql.update(DOING, PURGE, now.minus(LOCK));
    return attempt;
  }

  /** Until when a key is locked; empty if it is not. Counts nothing. */
  public Optional<Instant> lockedUntil(byte[] key, Instant now) {
    return sql.first(
            "looking for a lock",
            row -> Sql.time(row, "last_at").plus(LOCK),
            "select last_at from sign_in_failure where login_digest = ? and failures = ?",
            key,
            ATTEMPTS)
        .filter(now::isBefore);
  }

  /** Forgets the failures of a login. */
  public void forget(Login login) {
    forget(login.digest());
  }

  /** Forgets the failures of a key. */
  public void forget(byte[] key) {
    run("delete from sign_in_failure where login_digest = ?", key);
  }

  /**
   * Takes one counted attempt of a login back, and leaves the others: what was asked was right, but
   * it was not all that is asked.
   */
  public void takeBack(Login login) {
    if (run(TAKE_BACK, login.digest()) == 0) {
      run("delete from sign_in_failure where login_digest = ? and failures = 1", login.digest());
    }
  }

  private int run(String statement, byte[] key) {
    return sql.update("forgetting failures to sign in", statement, (Object) key);
  }

  /** Null if a lock was there and then was not: the account's owner got in at the same moment. */
  private Attempt tryToCount(byte[] key, Instant now) {
    Instant forgotten = now.minus(LOCK);
    return sql.first(
            DOING,
            row -> new Attempt(row.getInt(1), now.plus(LOCK)),
            COUNT,
            key,
            now,
            forgotten,
            ATTEMPTS,
            forgotten)
        .or(
            () ->
                sql.first(
                    DOING,
                    row -> new Attempt(0, Sql.time(row, "last_at").plus(LOCK)),
                    "select last_at from sign_in_failure where login_digest = ?",
                    (Object) key))
        .orElse(null);
  }
}
