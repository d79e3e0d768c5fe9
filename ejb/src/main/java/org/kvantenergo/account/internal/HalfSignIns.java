package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.shared.Sql;

/** Who has given the right password and owes a code: by a ticket that is good once. */
@ApplicationScoped
public class HalfSignIns {

  /** How long a person may look for the authenticator. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Sql sql;

  @Inject
  public HalfSignIns(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected HalfSignIns() {
    this(null);
  }

  /** Makes a ticket. */
  @Transactional
  public String begin(long account, Instant now) {
    String ticket = Token.make();
    run("delete from sign_in_half where until <= ?", now);
    run(
        "insert into sign_in_half (digest, account_id, until) values (?, ?, ?)",
        Digest.of(ticket),
        account,
        now.plus(PATIENCE));
    return ticket;
  }

  /** The login behind a ticket; empty if it is used, too old, or the account is blocked. */
  @Transactional
  public Optional<Login> login(String ticket, Instant now) {
    return sql.first(
        "looking up half a sign-in",
        row -> new Login(row.getString(1)),
        "select a.login from sign_in_half h join account a on a.id = h.account_id"
            + " where h.digest = ? and h.until > ? and a.blocked_at is null",
        Digest.of(ticket),
        now);
  }

  /** Uses a ticket up; false if somebody else has. */
  @Transactional
  public boolean end(String ticket) {
    return run("delete from sign_in_half where digest = ?", (Object) Digest.of(ticket)) > 0;
  }

  private int run(String statement, Object... values) {
    return sql.update("keeping half a sign-in", statement, values);
  }
}
