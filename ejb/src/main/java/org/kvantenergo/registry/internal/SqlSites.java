package org.kvantenergo.registry.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.registry.Location;
import org.kvantenergo.registry.RefusedException;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.Site;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.registry.Sites;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** Sites: a window of the unfolded tree is one statement, however large the tree is. */
@ApplicationScoped
@Transactional
public class SqlSites implements Sites {

  private static final String DOING = "looking after sites";

  private static final String ROW =
      """
      select s.id, s.parent_id, s.kind, s.name, s.address, s.zone, s.guid, s.version, f.depth,
        s.latitude, s.longitude,
        (select count(*) from site c where c.parent_id = s.id) as children
      from found f join site s on s.id = f.id
      """;

  // Folded sites are not looked into.
  private static final String TREE =
      """
      with recursive found as (
        select s.id, 0 as depth, array[site_order(s.name), s.id::text] as way from site s
        where s.parent_id is null and %s
        union all
        select c.id, f.depth + 1, f.way || array[c.rank || site_order(c.name), c.id::text]
        from found f join site c on c.parent_id = f.id where f.id = any(?))
      """;

  private static final String SEARCH =
      "with found as (select s.id, 0 as depth from site s where s.address ilike all(?) and %s) ";

  private static final String ONE =
      "with found as (select s.id, 0 as depth from site s where s.id = ? and %s) ";

  private static final String ABOVE =
      """
      with recursive up as (
        select s.parent_id as id, s.rank from site s where s.id = ? and %s
        union all select s.parent_id, s.rank from up join site s on s.id = up.id)
      select id from up where id is not null order by rank
      """;

  private final Sql sql;
  private final Refusals refusals;
  private final AuditTrail audit;

  @Inject
  public SqlSites(DataSource dataSource, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.refusals = new Refusals(sql);
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlSites() {
    this(null, null);
  }

  @Override
  public Page<Site> tree(Scope scope, Collection<SiteId> opened, Slice slice) {
    long[] ids = opened.stream().mapToLong(SiteId::value).toArray();
    return page(TREE.formatted(in(scope)), "order by f.way", ids, slice);
  }

  @Override
  public Page<Site> search(Scope scope, String text, Slice slice) {
    String[] words =
        Arrays.stream(text.strip().split("[\\s,]+"))
            .map(word -> "%" + MeterSearch.escaped(word) + "%")
            .toArray(String[]::new);
    return page(SEARCH.formatted(in(scope)), "order by s.address, s.id", words, slice);
  }

  private Page<Site> page(String found, String order, Object asked, Slice slice) {
    List<Site> rows =
        sql.list(
            DOING,
            SqlSites::site,
            found + ROW + order + " limit ? offset ?",
            asked,
            slice.limit(),
            slice.offset());
    long total =
        sql.list(DOING, row -> row.getLong(1), found + "select count(*) from found", asked).get(0);
    return new Page<>(rows, total);
  }

  @Override
  public Optional<Site> find(Scope scope, SiteId site) {
    return sql.list(DOING, SqlSites::site, ONE.formatted(in(scope)) + ROW, site.value()).stream()
        .findFirst();
  }

  @Override
  public List<SiteId> above(Scope scope, SiteId site) {
    return sql.list(
        DOING, row -> new SiteId(row.getLong(1)), ABOVE.formatted(in(scope)), site.value());
  }

  @Override
  public SiteId add(
      Caller caller, OrganisationId owner, SiteId parent, SiteKind kind, Facts facts) {
    caller.require(Permission.REGISTER);
    return Refusals.refusing(
        () -> {
          if (parent == null) {
            refusals.mustSee(caller, owner);
          } else {
            refusals.mustSee(caller, parent);
          }
          SiteId made =
              sql.list(
                      DOING,
                      row -> new SiteId(row.getLong(1)),
                      """
                      insert into site (organisation_id, kind, parent_id, parent_rank, name, address, zone, guid, latitude, longitude)
                      select coalesce(p.organisation_id, n.owner), ?, p.id, p.rank, ?, '', ?, ?, ?, ?
                      from (values (?::bigint, ?::bigint)) as n(parent_id, owner)
                      left join site p on p.id = n.parent_id
                      returning id
                      """,
                      kind.name(),
                      facts.name().strip(),
                      facts.zone().getId(),
                      facts.guid(),
                      latitude(facts),
                      longitude(facts),
                      parent == null ? null : parent.value(),
                      owner.value())
                  .get(0);
          audit.note(
              caller,
              AuditAction.SITE_ADDED,
              "site " + made.value(),
              Map.of(),
              told(address(caller, made), facts));
          return made;
        });
  }

  @Override
  public void change(Caller caller, SiteId site, SiteId parent, Facts facts, int version) {
    caller.require(Permission.REGISTER);
    Refusals.refusing(
        () -> {
          refusals.mustSee(caller, site);
          if (parent != null) {
            refusals.mustSee(caller, parent);
          }
          Site was = find(caller.scope(), site).orElseThrow();
          int changed =
              sql.update(
                  DOING,
                  """
                  update site s set name = ?, zone = ?, guid = ?, latitude = ?, longitude = ?,
                    parent_id = n.parent_id,
                    parent_rank = (select p.rank from site p where p.id = n.parent_id),
                    version = s.version + 1
                  from (values (?::bigint)) as n(parent_id) where s.id = ? and s.version = ?
                  """,
                  facts.name().strip(),
                  facts.zone().getId(),
                  facts.guid(),
                  latitude(facts),
                  longitude(facts),
                  parent == null ? null : parent.value(),
                  site.value(),
                  version);
          if (changed == 0) {
            throw new RefusedException(Reason.CHANGED);
          }
          audit.note(
              caller,
              AuditAction.SITE_CHANGED,
              "site " + site.value(),
              told(was.address(), new Facts(was.name(), was.zone(), was.guid(), was.location())),
              told(address(caller, site), facts));
          return null;
        });
  }

  @Override
  public void remove(Caller caller, SiteId site) {
    caller.require(Permission.REGISTER);
    Refusals.refusing(
        Reason.IN_USE,
        () -> {
          String address = refusals.mustSee(caller, site);
          sql.update(DOING, "delete from site where id = ?", site.value());
          audit.note(
              caller,
              AuditAction.SITE_REMOVED,
              "site " + site.value(),
              Map.of("address", address),
              Map.of());
          return null;
        });
  }

  private String address(Caller caller, SiteId site) {
    return refusals.mustSee(caller, site);
  }

  private static Map<String, String> told(String address, Facts facts) {
    Map<String, String> told = new TreeMap<>();
    told.put("address", address);
    told.put("zone", facts.zone().getId());
    if (facts.guid() != null) {
      told.put("guid", facts.guid().toString());
    }
    if (facts.location() != null) {
      told.put("location", facts.location().latitude() + ", " + facts.location().longitude());
    }
    return told;
  }

  private static Double latitude(Facts facts) {
    return facts.location() == null ? null : (Double) facts.location().latitude();
  }

  private static Double longitude(Facts facts) {
    return facts.location() == null ? null : (Double) facts.location().longitude();
  }

  private static Site site(ResultSet r) throws SQLException {
    Long parent = r.getObject("parent_id", Long.class);
    Double latitude = r.getObject("latitude", Double.class);
    return new Site(
        new SiteId(r.getLong("id")),
        parent == null ? null : new SiteId(parent),
        SiteKind.valueOf(r.getString("kind")),
        r.getString("name"),
        r.getString("address"),
        ZoneId.of(r.getString("zone")),
        r.getObject("guid", UUID.class),
        r.getInt("version"),
        r.getInt("depth"),
        r.getLong("children"),
        latitude == null ? null : new Location(latitude, r.getDouble("longitude")));
  }

  private static String in(Scope scope) {
    return InScope.of(scope, "s.organisation_id");
  }
}
