package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.ProviderSettings;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.SignOn;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Sql;

/** Links of accounts and tickets as rows. */
@ApplicationScoped
public class SqlSignOn implements SignOn {

  /** From the provider's page to ours: a redirect, which nobody waits at. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Who signs on for the first time is found by name; two at once, and one of them is it. */
  private static final String LINK =
      """
      update provider_link l set issuer = ?, subject = ?, linked_at = ?
      from account a
      where l.name = ? and l.subject is null and a.id = l.account_id and a.blocked_at is null
        and not exists (select from provider_link o where o.issuer = ? and o.subject = ?)
      """;

  private static final String LINKED =
      """
      select a.id, a.login, a.blocked_at is not null
      from provider_link l join account a on a.id = l.account_id
      where l.issuer = ? and l.subject = ?
      """;

  /** Whose a name is that led to nobody: blocked before the first sign-on, or another person's. */
  private static final String NAMED =
      """
      select a.login, l.subject is not null
      from provider_link l join account a on a.id = l.account_id
      where l.name = ?
      """;

  private final Sql sql;
  private final Accounts accounts;
  private final FactorStore factors;
  private final HalfSignIns halves;
  private final AuditTrail audit;
  private final Clock clock;
  private final boolean vouches;

  /**
   * @param vouches whether the provider's word stands for the second factor too
   */
  @Inject
  public SqlSignOn(
      DataSource dataSource,
      Accounts accounts,
      FactorStore factors,
      HalfSignIns halves,
      AuditTrail audit,
      Clock clock,
      @ConfigProperty(name = ProviderSettings.SECOND_FACTOR, defaultValue = "false")
          boolean vouches) {
    this.sql = new Sql(dataSource);
    this.accounts = accounts;
    this.factors = factors;
    this.halves = halves;
    this.audit = audit;
    this.clock = clock;
    this.vouches = vouches;
  }

  /** For the proxies of CDI. */
  protected SqlSignOn() {
    this(null, null, null, null, null, null, false);
  }

  /** An account that a provider's person is. */
  private record Found(long id, String login, boolean blocked) {}

  @Override
  @Transactional
  public Arrival arrive(Claims claims, String address) {
    boolean first = link(claims);
    Optional<Found> found =
        sql.first(
            "looking for a linked account",
            row -> new Found(row.getLong(1), row.getString(2), row.getBoolean(3)),
            LINKED,
            claims.issuer(),
            claims.subject());
    if (found.isEmpty()) {
      return unknown(claims, address);
    }
    if (found.get().blocked()) {
      return refused(Reason.BLOCKED, found.get().login(), claims, address);
    }
    String secret = ticket(found.get().id());
    if (first) {
      audit.noteStranger(found.get().login(), address, AuditAction.PROVIDER_LINKED, told(claims));
    }
    return new Arrival.Ticket(secret);
  }

  @Override
  public void failed(String address) {
    audit.noteStranger("", address, AuditAction.SIGN_ON_REFUSED, Map.of("reason", "FAILED"));
  }

  @Override
  @Transactional
  public SignIn redeem(String secret, String address) {
    Optional<Viewer> viewer = holder(secret).flatMap(accounts::find);
    if (viewer.isEmpty()) {
      audit.noteStranger(
          "", address, AuditAction.SIGN_ON_REFUSED, Map.of("reason", Reason.TICKET.name()));
      return new SignIn.Lapsed();
    }
    long account = viewer.get().accountId();
    if (!vouches && factors.since(account).isPresent()) {
      return new SignIn.CodeNeeded(halves.begin(account, clock.instant()));
    }
    audit.note(viewer.get().caller(address), AuditAction.SIGNED_ON, "");
    return new SignIn.Accepted(viewer.get());
  }

  private boolean link(Claims claims) {
    int linked =
        sql.update(
            "linking an account",
            LINK,
            claims.issuer(),
            claims.subject(),
            clock.instant(),
            claims.name(),
            claims.issuer(),
            claims.subject());
    return linked > 0;
  }

  private Arrival unknown(Claims claims, String address) {
    return sql.first(
            "looking for whom a name belongs to",
            row ->
                refused(
                    row.getBoolean(2) ? Reason.OTHER : Reason.BLOCKED,
                    row.getString(1),
                    claims,
                    address),
            NAMED,
            claims.name())
        .orElseGet(() -> refused(Reason.UNLINKED, "", claims, address));
  }

  private Arrival refused(Reason reason, String login, Claims claims, String address) {
    Map<String, String> told = new java.util.HashMap<>(told(claims));
    told.put("reason", reason.name());
    audit.noteStranger(login, address, AuditAction.SIGN_ON_REFUSED, told);
    return new Arrival.Refused(reason);
  }

  private static Map<String, String> told(Claims claims) {
    return Map.of("issuer", claims.issuer(), "subject", claims.subject(), "name", claims.name());
  }

  private String ticket(long account) {
    String secret = Token.make();
    Instant now = clock.instant();
    sql.update("purging tickets", "delete from sign_on_ticket where until <= ?", now);
    sql.update(
        "making a ticket",
        "insert into sign_on_ticket values (?, ?, ?)",
        Digest.of(secret),
        account,
        now.plus(PATIENCE));
    return secret;
  }

  /** The login of a ticket's account; used up, whether too old or not. */
  private Optional<String> holder(String secret) {
    return sql.first(
        "redeeming a ticket",
        row -> row.getString(1),
        "with used as (delete from sign_on_ticket where digest = ? returning account_id, until)"
            + " select a.login from used u join account a on a.id = u.account_id where u.until > ?",
        Digest.of(secret),
        clock.instant());
  }
}
