package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.device.ErrorNames;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/** The dictionary of error bits in its table. */
@ApplicationScoped
public class SqlErrorDictionary implements ErrorDictionary {

  private static final String DOING = "changing the dictionary of error bits";
  private static final int MOST_MODEL = 0xFFFF;
  private static final int MOST_PROTOCOL = 0xFF;

  private static final String LIST =
      """
      select id, version, model, protocol, mask, bit, name_ru, name_en, severity from error_bit
      order by array_position(array['MEASUREMENT', 'TEMPERATURE', 'CONTROL', 'CALIBRATION',
        'HARDWARE', 'STATUS'], mask), bit, model nulls first, protocol nulls first
      """;

  private static final String ADD =
      """
      insert into error_bit (model, protocol, mask, bit, name_ru, name_en, severity)
      values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;

  private static final String CHANGE =
      """
      update error_bit e set model = n.model, protocol = n.protocol, mask = n.mask, bit = n.bit,
        name_ru = n.ru, name_en = n.en, severity = n.severity, version = version + 1
      from (select ?::integer as model, ?::smallint as protocol, ? as mask, ?::smallint as bit,
        ? as ru, ? as en, ? as severity) n
      where e.id = ? and not exists (select from error_bit o where o.id <> e.id and o.mask = n.mask
        and o.bit = n.bit and o.model is not distinct from n.model
        and o.protocol is not distinct from n.protocol)
      """;

  private final Sql sql;
  private final AuditTrail audit;

  @Inject
  public SqlErrorDictionary(DataSource dataSource, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlErrorDictionary() {
    this(null, null);
  }

  @Override
  public ErrorNames names() {
    return new ErrorNames(list().stream().map(Row::entry).toList());
  }

  @Override
  public List<Row> list() {
    return sql.list("reading the dictionary of error bits", SqlErrorDictionary::row, LIST);
  }

  @Override
  @Transactional
  public Outcome add(Caller caller, Entry entry) {
    caller.require(Permission.EDIT_DICTIONARIES);
    Optional<Outcome> refusal = refusal(caller, entry);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (sql.update(DOING, ADD, values(entry)) == 0) {
      return Outcome.EXISTS;
    }
    audit.note(caller, AuditAction.ERROR_BIT_ADDED, named(entry), Map.of(), told(entry));
    return Outcome.DONE;
  }

  @Override
  @Transactional
  public Outcome change(Caller caller, long id, int version, Entry entry) {
    caller.require(Permission.EDIT_DICTIONARIES);
    Optional<Row> was = locked(id);
    Optional<Outcome> refusal =
        refusal(caller, entry).or(() -> SqlErrorDictionary.stale(was, version));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Object[] values = java.util.Arrays.copyOf(values(entry), 8);
    values[7] = id;
    if (sql.update(DOING, CHANGE, values) == 0) {
      return Outcome.EXISTS;
    }
    Entry old = was.get().entry();
    audit.note(caller, AuditAction.ERROR_BIT_CHANGED, named(old), told(old), told(entry));
    return Outcome.DONE;
  }

  @Override
  @Transactional
  public Outcome remove(Caller caller, long id, int version) {
    caller.require(Permission.EDIT_DICTIONARIES);
    if (!caller.scope().everything()) {
      return Outcome.NOT_YOURS;
    }
    Optional<Row> was = locked(id);
    Optional<Outcome> stale = stale(was, version);
    if (stale.isPresent()) {
      return stale.get();
    }
    sql.update(DOING, "delete from error_bit where id = ?", id);
    Entry old = was.get().entry();
    audit.note(caller, AuditAction.ERROR_BIT_REMOVED, named(old), told(old), Map.of());
    return Outcome.DONE;
  }

  /** Two who change at once wait for each other, and the second sees what the first did. */
  private Optional<Row> locked(long id) {
    return sql.first(
        DOING,
        SqlErrorDictionary::row,
        "select id, version, model, protocol, mask, bit, name_ru, name_en, severity from error_bit"
            + " where id = ? for update",
        id);
  }

  private static Optional<Outcome> stale(Optional<Row> was, int version) {
    return was.isEmpty()
        ? Optional.of(Outcome.UNKNOWN)
        : was.get().version() == version ? Optional.empty() : Optional.of(Outcome.CHANGED);
  }

  private static Optional<Outcome> refusal(Caller caller, Entry e) {
    if (!caller.scope().everything()) {
      return Optional.of(Outcome.NOT_YOURS);
    }
    boolean good =
        e.mask() != null
            && e.severity() != null
            && e.bit() >= 0
            && e.bit() < Short.SIZE
            && (e.model() == null || (e.model() >= 0 && e.model() <= MOST_MODEL))
            && (e.protocol() == null || (e.protocol() >= 0 && e.protocol() <= MOST_PROTOCOL))
            && isName(e.russian())
            && isName(e.english());
    return good ? Optional.empty() : Optional.of(Outcome.MALFORMED);
  }

  private static boolean isName(String name) {
    return name != null
        && !name.isBlank()
        && name.strip().length() <= LONGEST
        && name.chars().noneMatch(Character::isISOControl);
  }

  private static Object[] values(Entry e) {
    return new Object[] {
      e.model(),
      e.protocol(),
      e.mask().name(),
      e.bit(),
      e.russian().strip(),
      e.english().strip(),
      e.severity().name()
    };
  }

  private static Row row(ResultSet r) throws SQLException {
    return new Row(
        r.getLong("id"),
        r.getInt("version"),
        new Entry(
            r.getObject("model", Integer.class),
            r.getObject("protocol", Integer.class),
            Mask.valueOf(r.getString("mask")),
            r.getInt("bit"),
            r.getString("name_ru"),
            r.getString("name_en"),
            Severity.valueOf(r.getString("severity"))));
  }

  private static String named(Entry e) {
    return "error bit " + e.mask() + " " + e.bit();
  }

  private static Map<String, String> told(Entry e) {
    Map<String, String> told = new TreeMap<>();
    told.put("bit", e.mask() + " " + e.bit());
    told.put("model", e.model() == null ? "" : e.model().toString());
    told.put("protocol", e.protocol() == null ? "" : e.protocol().toString());
    told.put("russian", e.russian().strip());
    told.put("english", e.english().strip());
    told.put("severity", e.severity().name());
    return told;
  }
}
