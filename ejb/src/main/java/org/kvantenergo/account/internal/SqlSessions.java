package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.ProviderSettings;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Sql;

/** Sessions as rows; the server's own session is only where the token lies. */
@ApplicationScoped
public class SqlSessions implements Sessions {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LONGEST_AGENT = 300;

  private static final String VIEWER =
      "select a.login, s.seen_at, s.by_provider"
          + " from account_session s join account a on a.id = s.account_id"
          + " where s.digest = ? and a.blocked_at is null and "
          + SessionRows.OPEN;

  private static final String WATCHING =
      "select s.digest, a.login, s.by_provider, s.mode_until"
          + " from account_session s join account a on a.id = s.account_id"
          + " where s.digest = any(?) and a.blocked_at is null and "
          + SessionRows.OPEN;

  private final Sql sql;
  private final SessionRows rows;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;
  private final boolean vouches;

  /**
   * @param vouches whether a provider's word stands for the second factor too
   */
  @Inject
  public SqlSessions(
      DataSource dataSource,
      Accounts accounts,
      AuditTrail audit,
      Clock clock,
      @ConfigProperty(name = ProviderSettings.SECOND_FACTOR, defaultValue = "false")
          boolean vouches) {
    this.sql = new Sql(dataSource);
    this.rows = new SessionRows(dataSource);
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
    this.vouches = vouches;
  }

  /** For the proxies of CDI. */
  protected SqlSessions() {
    this(null, null, null, null, false);
  }

  @Override
  public String begin(Viewer viewer, String address, String agent, boolean byProvider) {
    String token = Token.make();
    Instant now = clock.instant();
    update(
        "delete from account_session where began_at < ? or seen_at < ?",
        now.minus(LONGEST),
        now.minus(IDLE));
    update("update account set signed_in_at = ? where id = ?", now, viewer.accountId());
    update(
        "insert into account_session"
            + " (digest, account_id, address, agent, began_at, seen_at, by_provider)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        Digest.of(token),
        viewer.accountId(),
        address,
        agent == null ? "" : agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)),
        now,
        now,
        byProvider);
    return token;
  }

  /** What stands in the row of a session that goes on. */
  private record Row(String login, Instant seenAt, boolean byProvider) {}

  @Override
  public Optional<Viewer> viewer(String token) {
    Instant now = clock.instant();
    Optional<Row> found =
        sql.first(
            "looking up a session",
            row ->
                new Row(
                    row.getString("login"),
                    Sql.time(row, "seen_at"),
                    row.getBoolean("by_provider")),
            VIEWER,
            Digest.of(token),
            now.minus(LONGEST),
            now.minus(IDLE));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.get().seenAt().plus(MINUTE).isBefore(now)) {
      update("update account_session set seen_at = ? where digest = ?", now, Digest.of(token));
    }
    Optional<Viewer> viewer = accounts.find(found.get().login());
    return found.get().byProvider() ? viewer.map(person -> person.byProvider(vouches)) : viewer;
  }

  /** A session in which somebody watches. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Watch(byte[] digest, String login, boolean byProvider, Instant modeUntil) {}

  @Override
  public Map<String, Watching> watching(Set<String> tokens) {
    Instant now = clock.instant();
    Map<ByteBuffer, String> digests =
        tokens.stream()
            .collect(Collectors.toMap(token -> ByteBuffer.wrap(Digest.of(token)), token -> token));
    List<Watch> watches =
        sql.list(
            "looking up who watches",
            row ->
                new Watch(
                    row.getBytes("digest"),
                    row.getString("login"),
                    row.getBoolean("by_provider"),
                    Sql.time(row, "mode_until")),
            WATCHING,
            digests.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new),
            now.minus(LONGEST),
            now.minus(IDLE));
    Map<String, Viewer> people =
        accounts.find(watches.stream().map(Watch::login).collect(Collectors.toSet()));
    Map<String, Watching> watching = new HashMap<>();
    for (Watch watch : watches) {
      Viewer found = people.get(watch.login);
      Viewer viewer = found != null && watch.byProvider ? found.byProvider(vouches) : found;
      if (viewer != null && !viewer.mustChange() && !viewer.mustEnrol()) {
        boolean open = watch.modeUntil != null && watch.modeUntil.isAfter(now);
        watching.put(
            digests.get(ByteBuffer.wrap(watch.digest)),
            new Watching(viewer, open || !viewer.secondPassword()));
      }
    }
    return watching;
  }

  @Override
  public void end(String token) {
    update("delete from account_session where digest = ?", (Object) Digest.of(token));
  }

  @Override
  public List<Open> list(Caller caller, String token) {
    return rows.list(caller.accountId(), token, clock.instant());
  }

  @Override
  public boolean end(Caller caller, long id) {
    // 0 would be all of them.
    return id != 0 && ended(caller, rows.end(caller.accountId(), id)) > 0;
  }

  @Override
  public int endOthers(Caller caller, String token) {
    return ended(caller, rows.endOthers(caller.accountId(), token));
  }

  private int ended(Caller caller, int count) {
    if (count > 0) {
      audit.note(
          caller,
          AuditAction.SESSIONS_ENDED,
          "account " + caller.login(),
          Map.of(),
          Map.of("count", Integer.toString(count)));
    }
    return count;
  }

  private void update(String statement, Object... values) {
    sql.update("changing sessions", statement, values);
  }
}
