package org.kvantenergo.account.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.account.Users;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** Accounts as rows. */
final class UserRows {

  private static final String FROM =
      " from account a join organisation o on o.id = a.organisation_id where ";

  private static final String COLUMNS =
      """
      select a.id, a.login, a.name, a.organisation_id, o.name as organisation, a.blocked_at,
        a.must_change, a.first_until, a.signed_in_at, a.second_password_hash is not null as second,
        exists (select from second_factor f where f.account_id = a.id and f.confirmed_at is not null)
          as factor,
        array(select r.role_id from account_role r where r.account_id = a.id order by 1) as roles,
        (select max(s.seen_at) from account_session s where s.account_id = a.id) as seen_at,
        exists (select from account_role h join role r on r.id = h.role_id
          join role_permission p on p.role_id = r.id
          where h.account_id = a.id and role_counts(r.organisation_id, a.organisation_id)
            and p.permission <> all(?)) as mightier
      """;

  private static final String MATCHES =
      " and (? = '' or position(lower(?) in lower(a.login || ' ' || a.name)) > 0)";

  private static final String ROLES =
      """
      select r.id, r.organisation_id is null as ready, r.name,
        array(select p.permission from role_permission p where p.role_id = r.id) as permissions
      from role r where role_counts(r.organisation_id, ?) or %s
      order by r.organisation_id is not null, r.id
      """;

  private static final String COUNTING =
      """
      select count(*) from role r where r.id = any(?) and role_counts(r.organisation_id, ?)
      """;

  private final Sql sql;
  private final SessionRows sessions;

  UserRows(DataSource dataSource) {
    this.sql = new Sql(dataSource);
    this.sessions = new SessionRows(dataSource);
  }

  Page<Users.User> list(Caller caller, String text, Slice slice) {
    String from = FROM + InScope.of(caller.scope(), "a.organisation_id") + MATCHES;
    List<Users.User> users =
        sql.list(
            "listing accounts",
            UserRows::user,
            COLUMNS + from + " order by a.login limit ? offset ?",
            RoleRows.names(caller.permissions()),
            text,
            text,
            slice.limit(),
            slice.offset());
    long total =
        sql.first("counting accounts", row -> row.getLong(1), "select count(*)" + from, text, text)
            .orElseThrow();
    return new Page<>(users, total);
  }

  Optional<Users.User> find(Caller caller, long id) {
    return sql.first(
        "reading an account",
        UserRows::user,
        COLUMNS + FROM + InScope.of(caller.scope(), "a.organisation_id") + " and a.id = ?",
        RoleRows.names(caller.permissions()),
        id);
  }

  List<Users.Role> roles(Caller caller) {
    return sql.list(
        "listing roles",
        row ->
            new Users.Role(
                row.getLong("id"),
                row.getBoolean("ready"),
                row.getString("name"),
                RoleRows.known(row.getArray("permissions"))),
        ROLES.formatted(InScope.of(caller.scope(), "r.organisation_id")),
        caller.scope().organisation());
  }

  /** Whether each of the roles counts for people of the organisation. */
  boolean count(List<Long> roles, OrganisationId organisation) {
    long[] ids = ids(roles);
    long counting =
        sql.first("looking up roles", row -> row.getLong(1), COUNTING, ids, organisation)
            .orElseThrow();
    return counting == ids.length;
  }

  boolean sees(Caller caller, OrganisationId organisation) {
    return RoleRows.sees(sql, caller, organisation);
  }

  /** False if somebody has that login. */
  boolean add(String login, String hash, Instant until, Users.Profile profile) {
    Optional<Long> account =
        sql.first(
            "adding an account",
            row -> row.getLong(1),
            "insert into account"
                + " (organisation_id, login, name, password_hash, must_change, first_until)"
                + " values (?, ?, ?, ?, true, ?) on conflict (login) do nothing returning id",
            profile.organisation(),
            login,
            profile.name(),
            hash,
            until);
    account.ifPresent(id -> giveRoles(id, profile.roles()));
    return account.isPresent();
  }

  void change(long id, Users.Profile profile) {
    run(
        "update account set name = ?, organisation_id = ?, version = version + 1 where id = ?",
        profile.name(),
        profile.organisation(),
        id);
    run("delete from account_role where account_id = ?", id);
    giveRoles(id, profile.roles());
  }

  void reset(long id, String hash, Instant until) {
    run(
        "update account set password_hash = ?, must_change = true, first_until = ?,"
            + " password_changed_at = now(), version = version + 1 where id = ?",
        hash,
        until,
        id);
    sessions.putOut(id);
  }

  void removeFactor(long id) {
    run("delete from second_factor where account_id = ?", id);
    sessions.putOut(id);
  }

  void removeSecondPassword(long id) {
    run("update account set second_password_hash = null, version = version + 1 where id = ?", id);
    sessions.putOut(id);
  }

  void block(long id, boolean blocked) {
    run(
        "update account set blocked_at = case when ? then now() end, version = version + 1"
            + " where id = ?",
        blocked,
        id);
    sessions.putOut(id);
  }

  private void giveRoles(long id, List<Long> roles) {
    run(
        "insert into account_role (account_id, role_id) select ?, unnest(?::bigint[])",
        id,
        ids(roles));
  }

  private static long[] ids(List<Long> roles) {
    return roles.stream().distinct().mapToLong(Long::longValue).toArray();
  }

  private void run(String statement, Object... values) {
    sql.update("changing an account", statement, values);
  }

  private static Users.User user(ResultSet row) throws SQLException {
    return new Users.User(
        row.getLong("id"),
        row.getString("login"),
        row.getString("name"),
        new OrganisationId(row.getLong("organisation_id")),
        row.getString("organisation"),
        List.of((Long[]) row.getArray("roles").getArray()),
        Sql.time(row, "blocked_at"),
        row.getBoolean("must_change"),
        Sql.time(row, "first_until"),
        Sql.time(row, "signed_in_at"),
        Sql.time(row, "seen_at"),
        row.getBoolean("factor"),
        row.getBoolean("second"),
        row.getBoolean("mightier"));
  }
}
