package org.kvantenergo.boot.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.kvantenergo.shared.ServerMessage;

/** Whether a database is the demo's: the first start says so, and every later one must agree. */
@ApplicationScoped
public class Purpose {

  private static final System.Logger LOG = System.getLogger(Purpose.class.getName());

  private final DataSource dataSource;

  @Inject
  public Purpose(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected Purpose() {
    this(null);
  }

  /**
   * Writes it down, or compares.
   *
   * @throws IllegalStateException with a numbered message if the database is for the other
   */
  public void require(boolean demo) {
    if (inDatabase(demo) != demo) {
      throw ServerMessage.OTHER_PURPOSE.fail(LOG, null, !demo);
    }
  }

  private boolean inDatabase(boolean demo) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into purpose (demo) values (?) on conflict do nothing")) {
      insert.setBoolean(1, demo);
      insert.executeUpdate();
      try (PreparedStatement select = connection.prepareStatement("select demo from purpose");
          ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    } catch (SQLException e) {
      throw ServerMessage.DATABASE_AWAY.fail(LOG, e, OneLine.of(e));
    }
  }
}
