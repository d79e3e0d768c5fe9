package org.kvantenergo.ingest.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.kvantenergo.ingest.BatchIds;
import org.kvantenergo.shared.DatabaseException;

/** Takes a thousand ids at a time, so that a batch costs no round trip for its name. */
@ApplicationScoped
public class SqlBatchIds implements BatchIds {

  /** The increment of the sequence. */
  private static final int BLOCK = 1000;

  private final DataSource dataSource;
  private long next;
  private int left;

  @Inject
  public SqlBatchIds(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlBatchIds() {
    this(null);
  }

  @Override
  public synchronized long next() {
    if (left == 0) {
      next = block();
      left = BLOCK;
    }
    left--;
    return next++;
  }

  private long block() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select nextval('ingest_batch_id')")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new DatabaseException("taking batch ids", e);
    }
  }
}
