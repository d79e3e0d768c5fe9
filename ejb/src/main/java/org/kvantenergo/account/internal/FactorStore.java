package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.SecretBox.SecretException;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Sql;

/** Second factors as rows; knows nothing of passwords. */
@ApplicationScoped
public class FactorStore {

  /** Wrong codes in a row after which none is taken any more; recovery codes are. */
  static final int MOST_WRONG = 50;

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.account");

  private static final String DOING = "a second factor";

  private static final String OFFER =
      """
      insert into second_factor as f (account_id, secret, offered_at) values (?, ?, ?)
      on conflict (account_id) do update set secret = excluded.secret, offered_at = excluded.offered_at
      where f.confirmed_at is null
      """;

  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private static final String LAPSED =
      "delete from second_factor where confirmed_at is null and offered_at <= ?";

  // Whoever comes second with the same code finds the step used up, on whichever node.
  private static final String ADVANCE =
      """
      update second_factor set last_step = ?, wrong_codes = 0 where account_id = ? and last_step < ?
      """;

  private static final String CONFIRM =
      """
      update second_factor set confirmed_at = ? where account_id = ? and confirmed_at is null
      """;

  private static final String WRONG =
      """
      update second_factor set wrong_codes = wrong_codes + 1 where account_id = ? returning wrong_codes
      """;

  private final Sql sql;
  private final SecretBox box;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public FactorStore(DataSource dataSource, SecretBox box) {
    this.sql = new Sql(dataSource);
    this.box = box;
  }

  /** For the proxies of CDI. */
  protected FactorStore() {
    this(null, null);
  }

  /** What a code proved to be. */
  enum Proof {
    /** Nothing: wrong, or used before. */
    NONE,
    /** A code of the authenticator. */
    CODE,
    /** A recovery code, which is used up now. */
    RECOVERY
  }

  /**
   * A factor.
   *
   * @param secret sealed
   * @param offered when it was made
   * @param since from when on it is asked for; null = it is only offered
   * @param lastStep the last step that was used
   * @param wrong wrong codes since the last right one
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives as long as one look at a code.
  private record Row(byte[] secret, Instant offered, Instant since, long lastStep, int wrong) {}

  /** From when on codes are asked for; empty if they are not. */
  @Transactional
  public Optional<Instant> since(long account) {
    return find(account).map(Row::since);
  }

  /** How many recovery codes are left. */
  @Transactional
  public int recoveryCodes(long account) {
    return sql.first(
            DOING,
            row -> row.getInt(1),
            "select count(*) from recovery_code where account_id = ?",
            account)
        .orElseThrow();
  }

  /**
   * Makes a secret that waits for its confirmation; empty if a factor is on. Offers that nobody
   * took go, long after they have lapsed: whoever comes back to one is told so.
   */
  @Transactional
  public Optional<byte[]> offer(long account, Instant now) {
    byte[] secret = new byte[Totp.SECRET_BYTES];
    random.nextBytes(secret);
    byte[] sealed = box.seal(secret, context(account));
    run(LAPSED, now.minus(FORGOTTEN));
    return run(OFFER, account, sealed, now) > 0 ? Optional.of(secret) : Optional.empty();
  }

  /** When the secret that waits for its confirmation was offered; empty if none does. */
  @Transactional
  public Optional<Instant> offered(long account) {
    return find(account).filter(r -> r.since() == null).map(Row::offered);
  }

  /** Switches an offered factor on with its first code; returns the recovery codes. */
  @Transactional
  public Optional<List<String>> confirm(long account, String code, Instant now) {
    Optional<Row> row = find(account).filter(found -> found.since() == null);
    return row.isPresent()
            && advance(account, row.get(), code, now)
            && run(CONFIRM, now, account) > 0
        ? Optional.of(renew(account))
        : Optional.empty();
  }

  /** Recovery codes that replace the ones there are. */
  @Transactional
  public List<String> renew(long account) {
    run("delete from recovery_code where account_id = ?", account);
    List<String> codes = RecoveryCode.make();
    for (String code : codes) {
      run("insert into recovery_code values (?, ?)", account, RecoveryCode.digest(code));
    }
    return codes;
  }

  /** Takes a code of a factor that is on: each once. Counts wrong ones. */
  @Transactional
  public Proof take(long account, String typed, Instant now) {
    Optional<Row> row = find(account).filter(found -> found.since() != null);
    if (row.isEmpty()) {
      return Proof.NONE;
    }
    if (row.get().wrong() < MOST_WRONG && advance(account, row.get(), typed, now)) {
      return Proof.CODE;
    }
    if (recovered(account, typed)) {
      return Proof.RECOVERY;
    }
    countWrong(account);
    return Proof.NONE;
  }

  /** Switches a factor off, or withdraws an offer; whether there was one. */
  @Transactional
  public boolean remove(long account) {
    return run("delete from second_factor where account_id = ?", account) > 0;
  }

  private boolean advance(long account, Row row, String typed, Instant now) {
    byte[] secret;
    try {
      secret = box.open(row.secret(), context(account));
    } catch (SecretException e) {
      ServerMessage.FACTOR_UNREADABLE.log(LOG, account, e.getMessage());
      return false;
    }
    OptionalLong step = Totp.match(secret, typed.replaceAll("\\s", ""), now, row.lastStep());
    return step.isPresent() && run(ADVANCE, step.getAsLong(), account, step.getAsLong()) > 0;
  }

  private boolean recovered(long account, String typed) {
    int used =
        run(
            "delete from recovery_code where account_id = ? and digest = ?",
            account,
            RecoveryCode.digest(typed));
    if (used > 0) {
      run("update second_factor set wrong_codes = 0 where account_id = ?", account);
    }
    return used > 0;
  }

  private void countWrong(long account) {
    int wrong = sql.first(DOING, row -> row.getInt(1), WRONG, account).orElse(0);
    if (wrong == MOST_WRONG) {
      ServerMessage.CODES_STOPPED.log(LOG, account, MOST_WRONG);
    }
  }

  private Optional<Row> find(long account) {
    return sql.first(
        DOING,
        row ->
            new Row(
                row.getBytes("secret"),
                Sql.time(row, "offered_at"),
                Sql.time(row, "confirmed_at"),
                row.getLong("last_step"),
                row.getInt("wrong_codes")),
        "select secret, offered_at, confirmed_at, last_step, wrong_codes from second_factor"
            + " where account_id = ?",
        account);
  }

  private static byte[] context(long account) {
    return ("second factor of account " + account).getBytes(StandardCharsets.UTF_8);
  }

  private int run(String statement, Object... values) {
    return sql.update(DOING, statement, values);
  }
}
