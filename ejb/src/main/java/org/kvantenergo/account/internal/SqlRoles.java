package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.kvantenergo.account.Roles;
import org.kvantenergo.account.TechnologicalMode;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;

/** What is asked of roles, checked; the rows are {@link RoleRows}'. */
@ApplicationScoped
public class SqlRoles implements Roles {

  private static final int LONGEST = 60;

  private final RoleRows rows;
  private final AuditTrail audit;
  private final TechnologicalMode mode;

  @Inject
  public SqlRoles(DataSource dataSource, AuditTrail audit, TechnologicalMode mode) {
    this.rows = new RoleRows(dataSource);
    this.audit = audit;
    this.mode = mode;
  }

  /** For the proxies of CDI. */
  protected SqlRoles() {
    this(null, null, null);
  }

  @Override
  public List<Held> list(Caller caller) {
    caller.require(Permission.MANAGE_ROLES);
    return rows.list(caller);
  }

  @Override
  public Optional<Held> find(Caller caller, long id) {
    caller.require(Permission.MANAGE_ROLES);
    return rows.find(caller, id);
  }

  @Override
  @Transactional
  public Outcome add(Caller caller, OrganisationId organisation, Profile profile) {
    caller.require(Permission.MANAGE_ROLES);
    if (!rows.sees(caller, organisation)) {
      return Outcome.UNKNOWN;
    }
    Optional<Outcome> fault = fault(caller, profile);
    if (fault.isPresent()) {
      return fault.get();
    }
    if (!rows.add(organisation, profile)) {
      return Outcome.NAME_TAKEN;
    }
    audit.note(
        caller, AuditAction.ROLE_ADDED, object(organisation, profile), Map.of(), told(profile));
    return Outcome.DONE;
  }

  @Override
  @Transactional
  public Outcome change(Caller caller, long id, Profile profile, String token) {
    caller.require(Permission.MANAGE_ROLES);
    Optional<Held> role = rows.lock(caller, id);
    Optional<Outcome> refusal =
        refusal(role)
            .or(() -> fault(caller, profile))
            .or(
                () ->
                    waiver(
                        caller,
                        frees(role.get().permissions(), role.get().asks()),
                        frees(profile.permissions(), role.get().asks()),
                        token));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!rows.change(role.get(), profile)) {
      return Outcome.NAME_TAKEN;
    }
    Profile was = profile(role.get());
    audit.note(
        caller,
        AuditAction.ROLE_CHANGED,
        object(role.get().organisation(), was),
        told(was),
        told(profile));
    return Outcome.DONE;
  }

  @Override
  @Transactional
  public Outcome ask(Caller caller, long id, Asks asks, String token) {
    caller.require(Permission.MANAGE_ROLES);
    Optional<Held> role = rows.lock(caller, id);
    if (role.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    Held was = role.get();
    if (!was.adjustable()) {
      return Outcome.NOT_YOURS;
    }
    if (was.asks().equals(asks)) {
      return Outcome.DONE;
    }
    Optional<Outcome> refusal =
        waiver(caller, frees(was.permissions(), was.asks()), frees(was.permissions(), asks), token);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    rows.ask(id, asks);
    audit.note(caller, AuditAction.ROLE_CHANGED, object(was), told(was.asks()), told(asks));
    return Outcome.DONE;
  }

  @Override
  @Transactional
  public Outcome remove(Caller caller, long id) {
    Optional<Held> role = find(caller, id);
    Optional<Outcome> refusal = refusal(role);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!rows.remove(id)) {
      return Outcome.HELD;
    }
    Profile was = profile(role.get());
    audit.note(
        caller,
        AuditAction.ROLE_REMOVED,
        object(role.get().organisation(), was),
        told(was),
        Map.of());
    return Outcome.DONE;
  }

  private static Optional<Outcome> refusal(Optional<Held> role) {
    if (role.isEmpty()) {
      return Optional.of(Outcome.UNKNOWN);
    }
    return role.get().open() ? Optional.empty() : Optional.of(Outcome.NOT_YOURS);
  }

  private static Optional<Outcome> fault(Caller caller, Profile profile) {
    if (profile.name().isBlank() || profile.name().length() > LONGEST) {
      return Optional.of(Outcome.MALFORMED);
    }
    return caller.permissions().containsAll(profile.permissions())
        ? Optional.empty()
        : Optional.of(Outcome.NOT_YOURS);
  }

  /** Else whoever finds a screen unlocked would tick away what the second password guards. */
  private Optional<Outcome> waiver(Caller caller, boolean before, boolean after, String token) {
    return before || !after || mode.entered(caller, token, true)
        ? Optional.empty()
        : Optional.of(Outcome.SHUT);
  }

  /** Whether a role opens «Технологический режим» without the second password. */
  private static boolean frees(Set<Permission> permissions, Asks asks) {
    return permissions.contains(Permission.TECHNOLOGICAL_MODE) && asks.withoutSecondPassword();
  }

  private static Profile profile(Held role) {
    return new Profile(role.name(), role.permissions());
  }

  private static String object(Held role) {
    return role.ready() ? "role " + role.name() : object(role.organisation(), profile(role));
  }

  private static Map<String, String> told(Asks asks) {
    return Map.of(
        "secondFactor",
        Boolean.toString(asks.secondFactor()),
        "withoutSecondPassword",
        Boolean.toString(asks.withoutSecondPassword()));
  }

  private static String object(OrganisationId organisation, Profile profile) {
    return "role " + profile.name() + " of organisation " + organisation.value();
  }

  private static Map<String, String> told(Profile profile) {
    return Map.of("name", profile.name(), "permissions", names(profile.permissions()));
  }

  private static String names(Set<Permission> permissions) {
    return permissions.stream().sorted().map(Permission::name).collect(Collectors.joining(" "));
  }
}
