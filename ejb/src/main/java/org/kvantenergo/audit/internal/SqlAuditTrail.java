package org.kvantenergo.audit.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;

/** Adds to the chain; number and hash are the table's trigger's. */
@ApplicationScoped
public class SqlAuditTrail implements AuditTrail {

  private static final String NOTE =
      """
      insert into audit
        (at, organisation_id, account_id, login, address, action, object, before, after)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String NOTE_STRANGER =
      """
      insert into audit
        (at, organisation_id, account_id, login, address, action, object, before, after)
      select ?, a.organisation_id, a.id, coalesce(a.login, ''), ?, ?, '', '', ?
      from (select 1) one left join account a on a.login = ?
      """;

  private final DataSource dataSource;
  private final Clock clock;

  @Inject
  public SqlAuditTrail(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected SqlAuditTrail() {
    this(null, null);
  }

  @Override
  public void note(
      Caller caller,
      AuditAction action,
      String object,
      Map<String, String> before,
      Map<String, String> after) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(NOTE)) {
      insert.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      insert.setLong(2, caller.scope().organisation().value());
      insert.setObject(3, caller.accountId(), Types.BIGINT);
      insert.setString(4, caller.login());
      insert.setString(5, caller.address());
      insert.setString(6, action.name());
      insert.setString(7, clean(object));
      insert.setString(8, lines(before));
      insert.setString(9, lines(after));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("noting " + action, e);
    }
  }

  @Override
  public void noteStranger(
      String login, String address, AuditAction action, Map<String, String> after) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(NOTE_STRANGER)) {
      insert.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      insert.setString(2, address);
      insert.setString(3, action.name());
      insert.setString(4, lines(after));
      insert.setString(5, login);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("noting " + action, e);
    }
  }

  /** In the order of the names; a line a value, whatever it contains. */
  private static String lines(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(value -> value.getKey() + "=" + clean(value.getValue()))
            .collect(Collectors.joining("\n"));
  }

  /** Without line ends and zeros: nobody writes a second line into a value. */
  private static String clean(String value) {
    return value.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", " ");
  }
}
