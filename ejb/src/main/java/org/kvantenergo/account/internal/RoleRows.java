package org.kvantenergo.account.internal;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.kvantenergo.account.Roles;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/** Roles as rows. */
final class RoleRows {

  private static final String CHANGING = "changing a role";

  private static final String ROLES =
      """
      select r.id, r.organisation_id, r.name, o.name as organisation,
        r.demands_second_factor, r.without_second_password,
        array(select p.permission from role_permission p where p.role_id = r.id) as permissions,
        (select count(*) from account_role h join account a on a.id = h.account_id
          where h.role_id = r.id and %s) as holders,
        not exists (select from role_permission p
          where p.role_id = r.id and p.permission <> all(?)) as within
      from role r left join organisation o on o.id = r.organisation_id
      where (r.organisation_id is null or %s)
      """;

  // Locks the role, so that nobody is given it meanwhile.
  private static final String REMOVE =
      """
      delete from role r where r.id = ?
      and not exists (select from account_role h where h.role_id = r.id)
      """;

  private final Sql sql;

  RoleRows(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  List<Roles.Held> list(Caller caller) {
    return roles(caller, " order by r.organisation_id is not null, r.id limit 1000");
  }

  /** The same, and nobody else changes it before the end of the transaction. */
  Optional<Roles.Held> lock(Caller caller, long id) {
    sql.any("locking a role", "select 1 from role where id = ? for update", id);
    return find(caller, id);
  }

  Optional<Roles.Held> find(Caller caller, long id) {
    // A number: nothing else gets into the text.
    return roles(caller, " and r.id = " + id).stream().findFirst();
  }

  private List<Roles.Held> roles(Caller caller, String which) {
    String roles =
        ROLES.formatted(
            InScope.of(caller.scope(), "a.organisation_id"),
            InScope.of(caller.scope(), "r.organisation_id"));
    return sql.list(
        "reading roles",
        row -> role(row, caller),
        roles + which,
        (Object) names(caller.permissions()));
  }

  private static Roles.Held role(ResultSet row, Caller caller) throws SQLException {
    Long owner = row.getObject("organisation_id", Long.class);
    String name = row.getString("organisation");
    boolean within = row.getBoolean("within");
    return new Roles.Held(
        row.getLong("id"),
        owner == null,
        row.getString("name"),
        owner == null ? null : new OrganisationId(owner),
        name == null ? "" : name,
        known(row.getArray("permissions")),
        row.getLong("holders"),
        new Roles.Asks(
            row.getBoolean("demands_second_factor"), row.getBoolean("without_second_password")),
        within && owner != null,
        within && (owner != null || caller.scope().everything()));
  }

  /** Whether an organisation stands in the caller's part of the tree. */
  boolean sees(Caller caller, OrganisationId organisation) {
    return sees(sql, caller, organisation);
  }

  /** The same for others. */
  static boolean sees(Sql sql, Caller caller, OrganisationId organisation) {
    return sql.any(
        "looking up an organisation",
        "select 1 from organisation o where o.id = ? and " + InScope.places("o.id"),
        organisation,
        caller.scope().everything(),
        caller.scope().organisation());
  }

  /** False if the organisation has a role of that name. */
  boolean add(OrganisationId organisation, Roles.Profile profile) {
    Optional<Long> role =
        sql.first(
            "adding a role",
            row -> row.getLong(1),
            "insert into role (organisation_id, name) values (?, ?)"
                + " on conflict (organisation_id, name) do nothing returning id",
            organisation,
            profile.name());
    role.ifPresent(id -> allow(id, profile.permissions()));
    return role.isPresent();
  }

  /** False if the organisation has another role of that name. */
  boolean change(Roles.Held role, Roles.Profile profile) {
    int changed =
        sql.update(
            CHANGING,
            "update role r set name = ?, version = version + 1 where r.id = ? and not exists ("
                + "select from role o where o.organisation_id = r.organisation_id and o.name = ?"
                + " and o.id <> r.id)",
            profile.name(),
            role.id(),
            profile.name());
    if (changed == 0) {
      return false;
    }
    sql.update(CHANGING, "delete from role_permission where role_id = ?", role.id());
    allow(role.id(), profile.permissions());
    return true;
  }

  void ask(long id, Roles.Asks asks) {
    sql.update(
        "changing what a role asks",
        "update role set demands_second_factor = ?, without_second_password = ?,"
            + " version = version + 1 where id = ?",
        asks.secondFactor(),
        asks.withoutSecondPassword(),
        id);
  }

  /** False if somebody has the role. */
  boolean remove(long id) {
    return sql.update("removing a role", REMOVE, id) > 0;
  }

  private void allow(long role, Set<Permission> permissions) {
    sql.update(
        CHANGING,
        "insert into role_permission (role_id, permission) select ?, unnest(?::text[])",
        role,
        names(permissions));
  }

  /** Names of permissions, as an array of texts. */
  static String[] names(Collection<Permission> permissions) {
    return permissions.stream().map(Permission::name).toArray(String[]::new);
  }

  /** What an array of names stands for. */
  static Set<Permission> known(Array names) throws SQLException {
    return Rights.known(List.of((String[]) names.getArray()));
  }
}
