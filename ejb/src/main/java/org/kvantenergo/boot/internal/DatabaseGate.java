package org.kvantenergo.boot.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.kvantenergo.shared.ServerMessage;

/**
 * Lets the start pass when the database answers and is one that the program can work with. After a
 * power cut the server is often up before the database has replayed its log: that is waited for. A
 * wrong password or a database that does not exist is not.
 */
@ApplicationScoped
public class DatabaseGate {

  private static final System.Logger LOG = System.getLogger(DatabaseGate.class.getName());
  private static final String SWITCHED_OFF =
      """
      select coalesce(string_agg(name, ', ' order by name), '') from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
      """;
  private static final int OLDEST_POSTGRESQL = 15;

  // A server gives a deployment at least five minutes.
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** SQLSTATE: no connection, cannot connect now (starting up), too many connections. */
  private static final Set<String> PASSING = Set.of("08001", "08004", "08006", "57P03", "53300");

  private final DataSource dataSource;
  private final Clock clock;
  private final Duration patience;
  private final Duration pause;

  @Inject
  public DatabaseGate(DataSource dataSource, Clock clock) {
    this(dataSource, clock, PATIENCE, PAUSE);
  }

  /** For the proxies of CDI. */
  protected DatabaseGate() {
    this(null, null);
  }

  DatabaseGate(DataSource dataSource, Clock clock, Duration patience, Duration pause) {
    this.dataSource = dataSource;
    this.clock = clock;
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * Returns when the database can be used.
   *
   * @throws IllegalStateException with a numbered message if it does not answer in time, refuses
   *     us, or is too old
   */
  public void pass() {
    int version = awaitVersion();
    if (version < OLDEST_POSTGRESQL) {
      throw ServerMessage.DATABASE_OLD.fail(LOG, null, version, OLDEST_POSTGRESQL);
    }
    String off = switchedOff();
    if (!off.isEmpty()) {
      ServerMessage.DATABASE_FORGETFUL.log(LOG, off);
    }
  }

  /** Settings without which a committed record can be lost, where they are off; empty if none. */
  String switchedOff() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SWITCHED_OFF)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw ServerMessage.DATABASE_AWAY.fail(LOG, e, OneLine.of(e));
    }
  }

  private int awaitVersion() {
    Instant last = clock.instant().plus(patience);
    for (boolean first = true; ; first = false) {
      try (Connection connection = dataSource.getConnection()) {
        return connection.getMetaData().getDatabaseMajorVersion();
      } catch (SQLException e) {
        if (!passing(e) || !clock.instant().isBefore(last)) {
          throw ServerMessage.DATABASE_AWAY.fail(LOG, e, OneLine.of(e));
        }
        if (first) {
          ServerMessage.DATABASE_AWAITED.log(LOG, patience.toSeconds(), OneLine.of(e));
        }
        pause(e);
      }
    }
  }

  private void pause(SQLException reason) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServerMessage.DATABASE_AWAY.fail(LOG, reason, OneLine.of(reason));
    }
  }

  /** A pool wraps what the driver said. */
  private static boolean passing(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException said && PASSING.contains(String.valueOf(said.getSQLState()))) {
        return true;
      }
    }
    return false;
  }
}
