package org.kvantenergo.reading.internal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.reading.ArchivePartitions;
import org.kvantenergo.shared.DatabaseException;

/**
 * Years for the past before the last one, months from then on to {@value #MONTHS_AHEAD} ahead, and
 * after them a catch-all from which the next ones are cut when they come near. The catch-all itself
 * says where the next one begins.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SqlArchivePartitions implements ArchivePartitions {

  static final int MONTHS_AHEAD = 3;

  private static final String CATCH_ALL = "reading_after";
  private static final int LOCK_TIMEOUT_SECONDS = 5;
  private static final int LOOK_TIMEOUT_SECONDS = 2;
  private static final long LOCK = 0x6B76616E74_01L;

  private final DataSource dataSource;
  private final Clock clock;

  @Inject
  public SqlArchivePartitions(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /** For the proxies of the container. */
  protected SqlArchivePartitions() {
    this(null, null);
  }

  /** A partition to be: from its first day to the first day of the next. */
  private record Range(String name, LocalDate from, LocalDate to) {}

  @Override
  public int ensureAhead() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      // Nodes that start together take turns; the second finds the work done.
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      // Cutting needs the archive for itself, and whoever comes meanwhile waits behind it: rather
      // give up than let a backup that reads for an hour stop the ingest for an hour.
      statement.execute("set local lock_timeout = '" + LOCK_TIMEOUT_SECONDS + "s'");
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      List<Range> missing = missing(end(statement), today);
      if (!missing.isEmpty()) {
        split(statement, missing);
      }
      return missing.size();
    } catch (SQLException e) {
      throw new DatabaseException("making partitions of the archive", e);
    }
  }

  @Override
  public LocalDate madeUntil() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(LOOK_TIMEOUT_SECONDS);
      return end(statement);
    } catch (SQLException e) {
      throw new DatabaseException("looking how far the archive is made", e);
    }
  }

  /** Where the made partitions end, as the catch-all's own lower bound says. */
  private static LocalDate end(Statement statement) throws SQLException {
    String sql =
        """
        select (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''(\\d{4}-\\d\\d-\\d\\d)'))[1]
        from pg_class c where c.oid = '%s'::regclass
        """
            .formatted(CATCH_ALL);
    statement.execute("set local timezone to 'UTC'");
    try (ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return LocalDate.parse(found.getString(1));
    }
  }

  private static List<Range> missing(LocalDate end, LocalDate today) {
    LocalDate until = today.withDayOfMonth(1).plusMonths(MONTHS_AHEAD + 1);
    LocalDate months = LocalDate.of(today.getYear() - 1, 1, 1);
    List<Range> missing = new ArrayList<>();
    LocalDate from = end;
    while (from.isBefore(until)) {
      boolean year = from.getDayOfYear() == 1 && from.isBefore(months);
      LocalDate to = year ? from.plusYears(1) : from.plusMonths(1);
      String name = year ? "reading_" + from.getYear() : "reading_%tY_%<tm".formatted(from);
      missing.add(new Range(name, from, to));
      from = to;
    }
    return missing;
  }

  /** The catch-all leaves, the new ranges come, rows of theirs move, the rest comes back. */
  private static void split(Statement statement, List<Range> missing) throws SQLException {
    LocalDate end = missing.get(missing.size() - 1).to;
    statement.execute("alter table reading detach partition " + CATCH_ALL);
    for (Range range : missing) {
      statement.execute(
          "create table %s partition of reading for values from ('%sT00:00:00Z') to ('%sT00:00:00Z')"
              .formatted(range.name, range.from, range.to));
    }
    statement.execute(
        """
        with moved as (delete from %s where module_time < '%sT00:00:00Z' returning *)
        insert into reading select * from moved
        """
            .formatted(CATCH_ALL, end));
    statement.execute(
        "alter table reading attach partition %s for values from ('%sT00:00:00Z') to (maxvalue)"
            .formatted(CATCH_ALL, end));
  }
}
