package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.account.ProviderLinks;
import org.kvantenergo.account.Users;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/** Links as rows; who may touch which account is asked of {@link Users}. */
@ApplicationScoped
public class SqlProviderLinks implements ProviderLinks {

  /** Whether account {@code a} has no password since link {@code l} noted that it was taken. */
  static final String PASSWORDLESS = "coalesce(l.no_password_at = a.password_changed_at, false)";

  private static final String FIND =
      """
      select l.name, l.subject, l.linked_at, %s as passwordless
      from account a left join provider_link l on l.account_id = a.id where a.id = ?
      """
          .formatted(PASSWORDLESS);

  private static final String LINK =
      """
      insert into provider_link as l (account_id, name) values (?, ?)
      on conflict (account_id) do update
      set name = excluded.name, issuer = null, subject = null, linked_at = null
      """;

  private final Sql sql;
  private final SessionRows sessions;
  private final Users users;
  private final PasswordHasher hasher;
  private final AuditTrail audit;

  @Inject
  public SqlProviderLinks(
      DataSource dataSource, Users users, PasswordHasher hasher, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.sessions = new SessionRows(dataSource);
    this.users = users;
    this.hasher = hasher;
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlProviderLinks() {
    this(null, null, null, null);
  }

  @Override
  public Optional<Link> find(Caller caller, long account) {
    caller.require(Permission.MANAGE_USERS);
    return users.find(caller, account).map(user -> link(user.id()));
  }

  @Override
  @Transactional
  public Outcome link(Caller caller, long account, String name) {
    Optional<Users.User> user = user(caller, account);
    Optional<Outcome> refusal = refusal(caller, user);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (name.length() > LONGEST_NAME || name.matches(".*\\p{Cntrl}.*")) {
      return Outcome.MALFORMED;
    }
    Link was = link(account);
    if (name.isEmpty() && was.passwordless()) {
      return Outcome.PASSWORD_NEEDED;
    }
    if (!name.isEmpty() && taken(account, name)) {
      return Outcome.NAME_TAKEN;
    }
    if (name.isEmpty()) {
      run("delete from provider_link where account_id = ?", account);
    } else {
      run(LINK, account, name);
    }
    run("delete from account_session where account_id = ? and by_provider", account);
    run("delete from sign_on_ticket where account_id = ?", account);
    audit.note(
        caller,
        AuditAction.PROVIDER_LINK_CHANGED,
        "account " + user.get().login(),
        told(was.name(), was.subject()),
        told(name, null));
    return Outcome.DONE;
  }

  @Override
  @Transactional
  public Outcome removePassword(Caller caller, long account) {
    Optional<Users.User> user = user(caller, account);
    Optional<Outcome> refusal = refusal(caller, user);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Link was = link(account);
    if (was.name().isEmpty()) {
      return Outcome.PASSWORD_NEEDED;
    }
    if (!was.passwordless()) {
      // A hash that no password fits takes as long to check as any other.
      run(
          "update account set password_hash = ?, must_change = false, password_changed_at = now(),"
              + " version = version + 1 where id = ?",
          hasher.nobody(),
          account);
      run(
          "update provider_link l set no_password_at = a.password_changed_at from account a"
              + " where a.id = l.account_id and a.id = ?",
          account);
      sessions.putOut(account);
      audit.note(caller, AuditAction.PASSWORD_REMOVED, "account " + user.get().login());
    }
    return Outcome.DONE;
  }

  private Optional<Users.User> user(Caller caller, long account) {
    caller.require(Permission.MANAGE_USERS);
    return users.find(caller, account);
  }

  private static Optional<Outcome> refusal(Caller caller, Optional<Users.User> user) {
    if (user.isEmpty()) {
      return Optional.of(Outcome.UNKNOWN);
    }
    return user.get().mightier() || user.get().id() == caller.accountId()
        ? Optional.of(Outcome.NOT_YOURS)
        : Optional.empty();
  }

  private static Map<String, String> told(String name, String subject) {
    return subject == null ? Map.of("name", name) : Map.of("name", name, "subject", subject);
  }

  private Link link(long account) {
    return sql.first(
            "reading a link",
            row ->
                new Link(
                    Objects.requireNonNullElse(row.getString("name"), ""),
                    row.getString("subject"),
                    Sql.time(row, "linked_at"),
                    row.getBoolean("passwordless")),
            FIND,
            account)
        .orElseThrow();
  }

  /** Whether another account expects the name; others wait until this transaction ends. */
  private boolean taken(long account, String name) {
    run("lock table provider_link in share row exclusive mode");
    return sql.any(
        "looking for a name",
        "select account_id from provider_link where name = ? and account_id <> ?",
        name,
        account);
  }

  private void run(String statement, Object... values) {
    sql.update("changing a link", statement, values);
  }
}
