package org.kvantenergo.ingest.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.kvantenergo.ingest.Salvage;
import org.kvantenergo.shared.DatabaseException;

/**
 * Savepoints as statements: JDBC's own are forbidden to a server's connection inside a transaction.
 */
@ApplicationScoped
public class SqlSalvage implements Salvage {

  private static final String BEGIN = "savepoint kvant_part";
  private static final String TAKE_BACK =
      "rollback to savepoint kvant_part; release savepoint kvant_part";
  private static final String KEEP = "release savepoint kvant_part";

  private final DataSource dataSource;

  @Inject
  public SqlSalvage(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlSalvage() {
    this(null);
  }

  @Override
  public <T> T attempt(Supplier<T> part) {
    execute(BEGIN);
    try {
      T result = part.get();
      execute(KEEP);
      return result;
    } catch (DatabaseException e) {
      if (e.blamesData()) {
        execute(TAKE_BACK);
      }
      throw e;
    }
  }

  @Override
  public boolean rehearse(Runnable part) {
    execute(BEGIN);
    try {
      part.run();
      execute(TAKE_BACK);
      return true;
    } catch (DatabaseException e) {
      if (!e.blamesData()) {
        throw e;
      }
      execute(TAKE_BACK);
      return false;
    }
  }

  private void execute(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DatabaseException(sql, e);
    }
  }
}
