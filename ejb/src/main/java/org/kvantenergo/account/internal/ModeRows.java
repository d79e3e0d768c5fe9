package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Sql;

/** «Технологический режим» in the rows of sessions and accounts; each change with its note. */
@ApplicationScoped
public class ModeRows {

  private final Sql sql;
  private final AuditTrail audit;

  @Inject
  public ModeRows(DataSource dataSource, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected ModeRows() {
    this(null, null);
  }

  /** Until when the mode is open in a session; empty if it is shut. */
  @Transactional
  public Optional<Instant> until(Caller caller, String token, Instant now) {
    return sql.first(
        "looking whether the mode is open",
        row -> Sql.time(row, "mode_until"),
        "select mode_until from account_session"
            + " where digest = ? and account_id = ? and mode_until > ?",
        Digest.of(token),
        caller.accountId(),
        now);
  }

  /** Opens the mode in a session. */
  @Transactional
  public void open(Caller caller, String token, Instant until) {
    run(
        "update account_session set mode_until = ? where digest = ? and account_id = ?",
        until,
        Digest.of(token),
        caller.accountId());
    audit.note(caller, AuditAction.TECHNOLOGICAL_MODE_ENTERED, "");
  }

  /** Keeps an open mode open; one that has shut meanwhile stays shut. */
  @Transactional
  public void prolong(String token, Instant now, Instant until) {
    run(
        "update account_session set mode_until = ? where digest = ? and mode_until > ?",
        until,
        Digest.of(token),
        now);
  }

  /** Shuts the mode in a session. */
  @Transactional
  public void shut(Caller caller, String token) {
    int changed =
        run(
            "update account_session set mode_until = null"
                + " where digest = ? and account_id = ? and mode_until is not null",
            Digest.of(token),
            caller.accountId());
    if (changed > 0) {
      audit.note(caller, AuditAction.TECHNOLOGICAL_MODE_LEFT, "");
    }
  }

  /** Sets the second password and shuts the mode in every session of the account. */
  @Transactional
  public void set(Caller caller, String hash) {
    run(
        "update account set second_password_hash = ?, version = version + 1 where id = ?",
        hash,
        caller.accountId());
    run("update account_session set mode_until = null where account_id = ?", caller.accountId());
    audit.note(caller, AuditAction.SECOND_PASSWORD_SET, "account " + caller.login());
  }

  private int run(String statement, Object... values) {
    return sql.update("opening or shutting the mode", statement, values);
  }
}
