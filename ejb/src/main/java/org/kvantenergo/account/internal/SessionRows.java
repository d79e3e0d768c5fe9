package org.kvantenergo.account.internal;

import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.shared.Sql;

/** Where accounts are signed in, as rows. */
final class SessionRows {

  /** Which rows are sessions that go on; filled by {@link Sessions#LONGEST} and IDLE ago. */
  static final String OPEN = "s.began_at > ? and s.seen_at > ?";

  private static final String LIST =
      "select s.id, s.address, s.agent, s.began_at, s.seen_at, s.digest = ? as own"
          + " from account_session s where s.account_id = ? and "
          + OPEN
          + " order by s.seen_at desc, s.id desc limit 100";

  private final Sql sql;

  SessionRows(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /**
   * An account's open sessions, the last used first.
   *
   * @param token of the one that asks; empty if it is none of them
   */
  List<Sessions.Open> list(long account, String token, Instant now) {
    return sql.list(
        "listing sessions",
        row ->
            new Sessions.Open(
                row.getLong("id"),
                row.getString("address"),
                row.getString("agent"),
                Sql.time(row, "began_at"),
                Sql.time(row, "seen_at"),
                row.getBoolean("own")),
        LIST,
        Digest.of(token),
        account,
        now.minus(Sessions.LONGEST),
        now.minus(Sessions.IDLE));
  }

  /** Ends one session of an account, or with 0 all of them; returns how many. */
  int end(long account, long session) {
    return sql.update(
        "ending sessions",
        "delete from account_session where account_id = ? and ? in (0, id)",
        account,
        session);
  }

  /** Ends an account's sessions but the one of a token; returns how many. */
  int endOthers(long account, String token) {
    return sql.update(
        "ending sessions",
        "delete from account_session where account_id = ? and digest <> ?",
        account,
        Digest.of(token));
  }

  /** Ends an account's sessions, and sign-ins that are half done. */
  void putOut(long account) {
    sql.update("ending sign-ins", "delete from sign_in_half where account_id = ?", account);
    end(account, 0);
  }
}
