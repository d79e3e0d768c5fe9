package org.kvantenergo.registry.lists.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.shared.DatabaseException;

/**
 * That somebody works on a list, and has its organisation's turn: held by a connection, so that a
 * server or a database that dies lets go of both, and nobody has to know which server it was.
 */
final class WorkedOn {

  private static final String BEGINNING = "beginning to work on a list";
  private static final String AT_WORK = "hashtextextended('meter_list at work ' || %s, 0)";
  private static final String TURN =
      """
      pg_advisory_lock(hashtextextended('meter_list ' || organisation_id, 0))
      from meter_list where id =\s""";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /**
   * Marks lists as failed that nobody works on any more; what they did was taken back. One that has
   * not come to anything yet may still wait for its turn on a server.
   */
  static final String LOST =
      """
      update meter_list set state = 'FAILED', touched_at = now()
      where state in ('READING', 'APPLYING')
        and touched_at < now() - case when progress = 0 then interval '10 minutes' else interval '10 seconds' end
        and pg_try_advisory_xact_lock_shared(%s)
      """
          .formatted(AT_WORK.formatted("id"));

  private final Connection connection;

  /** Something that is done on a list. */
  interface Work {
    void run() throws IOException;
  }

  /**
   * Does it, and holds the list and the turn meanwhile.
   *
   * @throws GivenUpException if its owner does not want it any more
   */
  static void whileRunning(DataSource dataSource, ListId list, ListProgress progress, Work some)
      throws IOException {
    WorkedOn held = new WorkedOn(dataSource);
    try {
      held.run("set lock_timeout = '10s'");
      held.run("select pg_advisory_lock(" + AT_WORK.formatted(list.value()) + ")");
      do {
        progress.at(list, 1);
      } while (!held.turn(list));
      some.run();
    } catch (SQLException e) {
      throw new DatabaseException(BEGINNING, e);
    } finally {
      held.letGo();
    }
  }

  private WorkedOn(DataSource dataSource) {
    try {
      connection = dataSource.getConnection();
    } catch (SQLException e) {
      throw new DatabaseException(BEGINNING, e);
    }
  }

  /**
   * Two lists of an owner that say the same would stand in each other's way, also where one is only
   * tried: the second waits, and is checked against what the first one made. In pieces, because no
   * statement may be silent for as long as a list takes.
   */
  private boolean turn(ListId list) throws SQLException {
    try {
      run("select " + TURN + list.value());
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private void run(String what) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(what);
    }
  }

  private void letGo() {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("reset lock_timeout");
      statement.execute("select pg_advisory_unlock_all()");
    } catch (SQLException e) {
      // The connection is gone, and with it what it held.
    }
  }
}
