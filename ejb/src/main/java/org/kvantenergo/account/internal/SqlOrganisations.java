package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/** The tree, walked from the top. */
@ApplicationScoped
public class SqlOrganisations implements Organisations {

  // Right below the one that runs the installation is who has no parent.
  private static final String TREE =
      """
      with recursive tree as (
        select o.id, o.name, o.kind, null::bigint as parent, 0 as depth, array[o.name] as way
        from organisation o where o.id = ?
        union all
        select o.id, o.name, o.kind, t.id, t.depth + 1, t.way || o.name
        from tree t join organisation o
          on o.parent_id = t.id or (? and t.depth = 0 and o.parent_id is null and o.id <> t.id))
      select id, name, kind, parent, depth from tree
      """;

  private static final String BELOW_ITSELF =
      "select 1 from organisation_part where organisation_id = ? and part_id = ?";

  // The parent of who stands right below the one that runs the installation is not written down.
  private static final String ADD =
      """
      insert into organisation (name, kind, parent_id)
      values (?, ?, (select id from organisation where id = ? and not runs_installation))
      on conflict (parent_id, name) do nothing
      """;

  private static final String CHANGE =
      """
      with place as (
        select (select id from organisation where id = ? and not runs_installation) as parent_id)
      update organisation o set name = ?, kind = ?, parent_id = p.parent_id, version = o.version + 1
      from place p where o.id = ? and not exists (
        select from organisation n where n.id <> o.id and n.name = ?
          and n.parent_id is not distinct from p.parent_id)
      """;

  private static final int LONGEST = 100;

  private final Sql sql;
  private final AuditTrail audit;

  @Inject
  public SqlOrganisations(DataSource dataSource, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlOrganisations() {
    this(null, null);
  }

  @Override
  public List<Organisation> list(Scope scope) {
    return read(scope, " order by way limit 1000");
  }

  private List<Organisation> read(Scope scope, String which, Object... values) {
    Object[] all = new Object[values.length + 2];
    all[0] = scope.organisation();
    all[1] = scope.everything();
    System.arraycopy(values, 0, all, 2, values.length);
    return sql.list("listing organisations", SqlOrganisations::organisation, TREE + which, all);
  }

  private static Organisation organisation(ResultSet row) throws SQLException {
    Long parent = row.getObject("parent", Long.class);
    return new Organisation(
        new OrganisationId(row.getLong("id")),
        row.getString("name"),
        Kind.valueOf(row.getString("kind")),
        parent == null ? null : new OrganisationId(parent),
        row.getInt("depth"));
  }

  @Override
  @Transactional
  public Outcome add(Caller caller, Profile profile) {
    caller.require(Permission.MANAGE_ORGANISATIONS);
    Optional<Outcome> fault = fault(caller, profile);
    if (fault.isPresent()) {
      return fault.get();
    }
    if (!run(ADD, profile.name(), profile.kind().name(), profile.parent().value())) {
      return Outcome.NAME_TAKEN;
    }
    audit.note(
        caller,
        AuditAction.ORGANISATION_ADDED,
        "organisation " + profile.name(),
        Map.of(),
        told(profile));
    return Outcome.DONE;
  }

  @Override
  @Transactional
  public Outcome change(Caller caller, OrganisationId id, Profile profile) {
    caller.require(Permission.MANAGE_ORGANISATIONS);
    Optional<Organisation> was = find(caller, id);
    Optional<Outcome> refusal = refusal(was).or(() -> fault(caller, profile));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    // The trigger refuses it too, if two moves at once would make a circle.
    if (isBelow(id, profile.parent())) {
      return Outcome.CIRCLE;
    }
    boolean changed =
        run(
            CHANGE,
            profile.parent().value(),
            profile.name(),
            profile.kind().name(),
            id.value(),
            profile.name());
    if (!changed) {
      return Outcome.NAME_TAKEN;
    }
    Organisation old = was.get();
    audit.note(
        caller,
        AuditAction.ORGANISATION_CHANGED,
        "organisation " + id.value(),
        told(new Profile(old.name(), old.kind(), old.parent())),
        told(profile));
    return Outcome.DONE;
  }

  private Optional<Organisation> find(Caller caller, OrganisationId id) {
    return read(caller.scope(), " where id = ?", id).stream().findFirst();
  }

  private static Optional<Outcome> refusal(Optional<Organisation> organisation) {
    if (organisation.isEmpty()) {
      return Optional.of(Outcome.UNKNOWN);
    }
    return organisation.get().depth() == 0 ? Optional.of(Outcome.NOT_YOURS) : Optional.empty();
  }

  private Optional<Outcome> fault(Caller caller, Profile profile) {
    if (profile.name().isBlank()
        || profile.name().length() > LONGEST
        || profile.kind() == Kind.OPERATOR) {
      return Optional.of(Outcome.MALFORMED);
    }
    return find(caller, profile.parent()).isEmpty()
        ? Optional.of(Outcome.UNKNOWN)
        : Optional.empty();
  }

  private boolean isBelow(OrganisationId id, OrganisationId parent) {
    return sql.any("looking up a part of the tree", BELOW_ITSELF, id, parent);
  }

  private boolean run(String statement, Object... values) {
    return sql.update("changing an organisation", statement, values) > 0;
  }

  private static Map<String, String> told(Profile profile) {
    return Map.of(
        "name",
        profile.name(),
        "kind",
        profile.kind().name(),
        "parent",
        Long.toString(profile.parent().value()));
  }
}
