package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.account.Users;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Slice;

/** What is asked of accounts of others, checked; the rows are {@link UserRows}'. */
@ApplicationScoped
public class SqlUsers implements Users {

  /** How long a first password opens anything, unless the setting says otherwise: three days. */
  static final String FIRST_LIFETIME = "PT72H";

  private static final int LONGEST = 100;

  private final UserRows rows;
  private final SessionRows sessions;
  private final PasswordHasher hasher;
  private final AuditTrail audit;
  private final Clock clock;
  private final Duration firstLifetime;

  @Inject
  public SqlUsers(
      DataSource dataSource,
      PasswordHasher hasher,
      AuditTrail audit,
      Clock clock,
      @ConfigProperty(name = "kvant.first-password.lifetime", defaultValue = FIRST_LIFETIME)
          Duration firstLifetime) {
    this.rows = new UserRows(dataSource);
    this.sessions = new SessionRows(dataSource);
    this.hasher = hasher;
    this.audit = audit;
    this.clock = clock;
    this.firstLifetime = firstLifetime;
  }

  /** For the proxies of CDI. */
  protected SqlUsers() {
    this(null, null, null, null, null);
  }

  @Override
  public Page<User> list(Caller caller, String text, Slice slice) {
    caller.require(Permission.MANAGE_USERS);
    return rows.list(caller, text, slice);
  }

  @Override
  public Optional<User> find(Caller caller, long id) {
    caller.require(Permission.MANAGE_USERS);
    return rows.find(caller, id);
  }

  @Override
  public List<Role> roles(Caller caller) {
    caller.require(Permission.MANAGE_USERS);
    return rows.roles(caller).stream()
        .filter(role -> caller.permissions().containsAll(role.permissions()))
        .toList();
  }

  @Override
  @Transactional
  public Result add(Caller caller, String typed, Profile profile) {
    caller.require(Permission.MANAGE_USERS);
    String login = Login.of(typed).value();
    if (!login.matches("[\\p{L}\\p{Nd}._@-]{3,64}")) {
      return refused(Outcome.MALFORMED);
    }
    Optional<Outcome> fault = fault(caller, profile);
    if (fault.isPresent()) {
      return refused(fault.get());
    }
    String password = FirstPassword.make();
    String hash = hasher.hash(password.toCharArray());
    Instant until = clock.instant().plus(firstLifetime);
    if (!rows.add(login, hash, until, profile)) {
      return refused(Outcome.LOGIN_TAKEN);
    }
    audit.note(caller, AuditAction.USER_ADDED, "account " + login, Map.of(), told(profile));
    return new Result(Outcome.DONE, password, until);
  }

  @Override
  @Transactional
  public Result change(Caller caller, long id, Profile profile) {
    Optional<User> user = find(caller, id);
    Optional<Outcome> refusal = refusal(caller, user).or(() -> fault(caller, profile));
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    User was = user.get();
    rows.change(was.id(), profile);
    Profile old = new Profile(was.name(), was.organisation(), was.roles());
    audit.note(
        caller, AuditAction.USER_CHANGED, "account " + was.login(), told(old), told(profile));
    return new Result(Outcome.DONE, "", null);
  }

  @Override
  @Transactional
  public Result resetPassword(Caller caller, long id) {
    Optional<User> user = find(caller, id);
    Optional<Outcome> refusal = refusal(caller, user);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    String password = FirstPassword.make();
    String hash = hasher.hash(password.toCharArray());
    Instant until = clock.instant().plus(firstLifetime);
    rows.reset(id, hash, until);
    audit.note(caller, AuditAction.PASSWORD_RESET, object(user.get()));
    return new Result(Outcome.DONE, password, until);
  }

  @Override
  @Transactional
  public Result resetFactor(Caller caller, long id) {
    return act(
        caller,
        id,
        user -> {
          rows.removeFactor(id);
          if (user.secondFactor()) {
            audit.note(caller, AuditAction.SECOND_FACTOR_RESET, object(user));
          }
        });
  }

  @Override
  @Transactional
  public Result resetSecondPassword(Caller caller, long id) {
    return act(
        caller,
        id,
        user -> {
          rows.removeSecondPassword(id);
          if (user.secondPassword()) {
            audit.note(caller, AuditAction.SECOND_PASSWORD_RESET, object(user));
          }
        });
  }

  @Override
  public List<Sessions.Open> sessions(Caller caller, long id) {
    return find(caller, id).isEmpty() ? List.of() : sessions.list(id, "", clock.instant());
  }

  @Override
  @Transactional
  public Result endSession(Caller caller, long id, long session) {
    return act(
        caller,
        id,
        user -> {
          int ended = sessions.end(id, session);
          if (ended > 0) {
            audit.note(
                caller,
                AuditAction.SESSIONS_ENDED,
                object(user),
                Map.of(),
                Map.of("count", Integer.toString(ended)));
          }
        });
  }

  private Result act(Caller caller, long id, Consumer<User> act) {
    Optional<User> user = find(caller, id);
    Optional<Outcome> refusal = refusal(caller, user);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    act.accept(user.get());
    return new Result(Outcome.DONE, "", null);
  }

  private static String object(User user) {
    return "account " + user.login();
  }

  @Override
  @Transactional
  public Result block(Caller caller, long id, boolean blocked) {
    Optional<User> user = find(caller, id);
    Optional<Outcome> refusal = refusal(caller, user);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    if ((user.get().blockedAt() != null) != blocked) {
      rows.block(id, blocked);
      audit.note(
          caller,
          blocked ? AuditAction.USER_BLOCKED : AuditAction.USER_UNBLOCKED,
          "account " + user.get().login());
    }
    return new Result(Outcome.DONE, "", null);
  }

  private static Optional<Outcome> refusal(Caller caller, Optional<User> user) {
    if (user.isEmpty()) {
      return Optional.of(Outcome.UNKNOWN);
    }
    return user.get().mightier() || user.get().id() == caller.accountId()
        ? Optional.of(Outcome.NOT_YOURS)
        : Optional.empty();
  }

  private Optional<Outcome> fault(Caller caller, Profile profile) {
    if (profile.name().isBlank() || profile.name().length() > LONGEST) {
      return Optional.of(Outcome.MALFORMED);
    }
    List<Long> allowed = roles(caller).stream().map(Role::id).toList();
    if (!allowed.containsAll(profile.roles())) {
      return Optional.of(Outcome.NOT_YOURS);
    }
    if (!rows.sees(caller, profile.organisation())) {
      return Optional.of(Outcome.UNKNOWN);
    }
    return rows.count(profile.roles(), profile.organisation())
        ? Optional.empty()
        : Optional.of(Outcome.ELSEWHERE);
  }

  private static Map<String, String> told(Profile profile) {
    return Map.of(
        "name",
        profile.name(),
        "organisation",
        Long.toString(profile.organisation().value()),
        "roles",
        String.join(" ", profile.roles().stream().sorted().map(String::valueOf).toList()));
  }

  private static Result refused(Outcome outcome) {
    return new Result(outcome, "", null);
  }
}
