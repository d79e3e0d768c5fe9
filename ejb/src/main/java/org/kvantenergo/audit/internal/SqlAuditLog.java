package org.kvantenergo.audit.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditFilter;
import org.kvantenergo.audit.AuditLog;
import org.kvantenergo.audit.AuditRow;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Slice;

/** The audit, filtered and paged in SQL. */
@ApplicationScoped
public class SqlAuditLog implements AuditLog {

  private static final String FROM =
      " from audit a left join organisation o on o.id = a.organisation_id where ";
  private static final String COLUMNS = "select a.*, coalesce(o.name, '') as organisation";
  private static final String NEWEST = " order by a.id desc limit ? offset ?";
  private static final int PORTION = 1000;

  private final DataSource dataSource;
  private final AuditTrail trail;

  @Inject
  public SqlAuditLog(DataSource dataSource, AuditTrail trail) {
    this.dataSource = dataSource;
    this.trail = trail;
  }

  /** For the proxies of CDI. */
  protected SqlAuditLog() {
    this(null, null);
  }

  /** What is asked for, as SQL with its values. */
  private record Condition(String sql, List<Object> values) {

    static Condition of(Caller caller, AuditFilter filter) {
      StringBuilder sql = new StringBuilder(InScope.of(caller.scope(), "a.organisation_id"));
      List<Object> values = new ArrayList<>();
      if (filter.from() != null) {
        sql.append(" and a.at >= ?");
        values.add(filter.from().atOffset(ZoneOffset.UTC));
      }
      if (filter.until() != null) {
        sql.append(" and a.at < ?");
        values.add(filter.until().atOffset(ZoneOffset.UTC));
      }
      if (!filter.login().isEmpty()) {
        sql.append(" and a.login = ?");
        values.add(filter.login());
      }
      if (filter.action() != null) {
        sql.append(" and a.action = ?");
        values.add(filter.action().name());
      }
      if (!filter.text().isEmpty()) {
        sql.append(
            " and position(lower(?) in lower(concat_ws(E'\\n', a.object, a.before, a.after))) > 0");
        values.add(filter.text());
      }
      return new Condition(sql.toString(), values);
    }

    int bind(PreparedStatement statement) throws SQLException {
      int place = 1;
      for (Object value : values) {
        statement.setObject(place++, value);
      }
      return place;
    }
  }

  @Override
  public Page<AuditRow> list(Caller caller, AuditFilter filter, Slice slice) {
    caller.require(Permission.READ_AUDIT);
    Condition condition = Condition.of(caller, filter);
    return new Page<>(rows(condition, slice.offset(), slice.limit()), count(condition));
  }

  /** In portions by number: no cursor, and no transaction that lasts as long as a download. */
  @Override
  public void export(Caller caller, AuditFilter filter, Consumer<AuditRow> sink) {
    caller.require(Permission.READ_AUDIT);
    trail.note(caller, AuditAction.AUDIT_EXPORTED, "");
    Condition whole = Condition.of(caller, filter);
    long before = Long.MAX_VALUE;
    List<AuditRow> rows;
    do {
      List<Object> values = new ArrayList<>(whole.values());
      values.add(before);
      rows = rows(new Condition(whole.sql() + " and a.id < ?", values), 0, PORTION);
      rows.forEach(sink);
      before = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).id();
    } while (rows.size() == PORTION);
  }

  private List<AuditRow> rows(Condition condition, long offset, int limit) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement list =
            connection.prepareStatement(COLUMNS + FROM + condition.sql() + NEWEST)) {
      int place = condition.bind(list);
      list.setInt(place, limit);
      list.setLong(place + 1, offset);
      List<AuditRow> rows = new ArrayList<>();
      try (ResultSet row = list.executeQuery()) {
        while (row.next()) {
          rows.add(row(row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new DatabaseException("reading the audit", e);
    }
  }

  private long count(Condition condition) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count =
            connection.prepareStatement("select count(*)" + FROM + condition.sql())) {
      condition.bind(count);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new DatabaseException("counting the audit", e);
    }
  }

  private static AuditRow row(ResultSet r) throws SQLException {
    return new AuditRow(
        r.getLong("id"),
        r.getObject("at", OffsetDateTime.class).toInstant(),
        r.getString("organisation"),
        r.getString("login"),
        r.getString("address"),
        r.getString("action"),
        r.getString("object"),
        r.getString("before"),
        r.getString("after"));
  }
}
