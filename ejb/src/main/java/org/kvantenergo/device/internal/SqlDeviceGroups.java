package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.device.DeviceGroups;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRefusedException.Reason;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/** Groups of devices. All changes of an organisation's groups wait for each other. */
@ApplicationScoped
public class SqlDeviceGroups implements DeviceGroups {

  private static final String DOING = "changing groups";

  private static final String LIST =
      """
      select g.id, g.name, (select count(*) from device d where d.group_id = g.id) as devices
      from device_group g where g.organisation_id = ? and %s order by g.position, g.name, g.id
      """;

  private static final String ADD =
      """
      insert into device_group (organisation_id, name, position)
      select o.id, ?, coalesce((select max(g.position) from device_group g
        where g.organisation_id = o.id), 0) + 1
      from organisation o where o.id = ? returning id
      """;

  private static final String NUMBER =
      """
      update device_group g set position = n.position
      from unnest(?::bigint[]) with ordinality as n(id, position)
      where g.id = n.id and g.position <> n.position
      """;

  private final Sql sql;
  private final AuditTrail audit;

  @Inject
  public SqlDeviceGroups(DataSource dataSource, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlDeviceGroups() {
    this(null, null);
  }

  /** A group, its organisation's groups locked. */
  private record One(GroupId id, OrganisationId organisation, String name) {

    String named() {
      return "group " + name + " of organisation " + organisation.value();
    }
  }

  @Override
  public List<Group> list(Caller caller, OrganisationId organisation) {
    caller.require(Permission.REGISTER);
    return sql.list(
        "listing groups",
        row ->
            new Group(
                new GroupId(row.getLong("id")), row.getString("name"), row.getLong("devices")),
        LIST.formatted(InScope.of(caller.scope(), "g.organisation_id")),
        organisation);
  }

  @Override
  @Transactional
  public GroupId add(Caller caller, OrganisationId organisation, String name) {
    caller.require(Permission.REGISTER);
    String named = name(name);
    Goal.organisation(sql, caller, organisation, null);
    lock(organisation);
    GroupId group =
        Goal.unlessTaken(
            Reason.EXISTS,
            () ->
                sql.list(DOING, row -> new GroupId(row.getLong(1)), ADD, named, organisation)
                    .get(0));
    One one = new One(group, organisation, named);
    audit.note(caller, AuditAction.GROUP_ADDED, one.named(), Map.of(), Map.of("name", named));
    return group;
  }

  @Override
  @Transactional
  public void rename(Caller caller, GroupId group, String name) {
    caller.require(Permission.REGISTER);
    String named = name(name);
    One was = find(caller, group);
    if (was.name.equals(named)) {
      return;
    }
    Goal.unlessTaken(
        Reason.EXISTS,
        () -> sql.update(DOING, "update device_group set name = ? where id = ?", named, group));
    audit.note(
        caller,
        AuditAction.GROUP_CHANGED,
        was.named(),
        Map.of("name", was.name),
        Map.of("name", named));
  }

  @Override
  @Transactional
  public void move(Caller caller, GroupId group, boolean up) {
    caller.require(Permission.REGISTER);
    One one = find(caller, group);
    List<Long> order =
        new java.util.ArrayList<>(
            sql.list(
                DOING,
                row -> row.getLong(1),
                "select id from device_group where organisation_id = ? order by position, name, id",
                one.organisation));
    int at = order.indexOf(group.value());
    int to = up ? at - 1 : at + 1;
    if (to < 0 || to >= order.size()) {
      return;
    }
    java.util.Collections.swap(order, at, to);
    long[] ids = order.stream().mapToLong(Long::longValue).toArray();
    sql.update(DOING, NUMBER, (Object) ids);
    audit.note(
        caller,
        AuditAction.GROUP_CHANGED,
        one.named(),
        Map.of("place", Integer.toString(at + 1)),
        Map.of("place", Integer.toString(to + 1)));
  }

  @Override
  @Transactional
  public void remove(Caller caller, GroupId group) {
    caller.require(Permission.REGISTER);
    One one = find(caller, group);
    if (sql.first(DOING, row -> true, "select from device where group_id = ? limit 1", group)
        .isPresent()) {
      throw new DeviceRefusedException(Reason.NOT_EMPTY);
    }
    sql.update(DOING, "delete from device_group where id = ?", group);
    audit.note(caller, AuditAction.GROUP_REMOVED, one.named(), Map.of("name", one.name), Map.of());
  }

  private One find(Caller caller, GroupId group) {
    String find = "select g.id, g.organisation_id, g.name from device_group g where g.id = ? and ";
    String seen = InScope.of(caller.scope(), "g.organisation_id");
    One found = find(find + seen, group);
    lock(found.organisation);
    // Nothing is put into it from here on.
    return find(find + seen + " for update of g", group);
  }

  private One find(String select, GroupId group) {
    return sql.first(
            DOING,
            row ->
                new One(
                    new GroupId(row.getLong(1)),
                    new OrganisationId(row.getLong(2)),
                    row.getString(3)),
            select,
            group)
        .orElseThrow(() -> new DeviceRefusedException(Reason.UNKNOWN));
  }

  private void lock(OrganisationId organisation) {
    sql.list(
        DOING,
        row -> true,
        "select from organisation where id = ? for no key update",
        organisation);
  }

  private static String name(String typed) {
    String name = typed.strip();
    if (name.isEmpty() || name.length() > LONGEST || name.indexOf('\0') >= 0) {
      throw new DeviceRefusedException(Reason.VALUE);
    }
    return name;
  }
}
