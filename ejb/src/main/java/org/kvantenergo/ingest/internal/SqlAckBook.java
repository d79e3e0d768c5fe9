package org.kvantenergo.ingest.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.ingest.AckBook;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.wire.AckReceipt;

/** One row a batch. */
@ApplicationScoped
public class SqlAckBook implements AckBook {

  private static final String NOTE =
      """
      insert into ingest_batch (id, node, stored_at, sessions, seqs, after_millis)
      values (?, ?, ?, ?, ?, ?) on conflict do nothing
      """;

  private final DataSource dataSource;

  @Inject
  public SqlAckBook(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlAckBook() {
    this(null);
  }

  @Override
  public void note(List<AckReceipt> receipts) {
    try (Connection connection = dataSource.getConnection();
        Statement mode = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(NOTE)) {
      mode.execute("set local synchronous_commit to off");
      for (AckReceipt receipt : receipts) {
        insert.setLong(1, receipt.batchId());
        insert.setString(2, receipt.node());
        insert.setObject(3, receipt.storedAt().atOffset(ZoneOffset.UTC));
        insert.setObject(4, receipt.sessions());
        insert.setObject(5, receipt.seqs());
        insert.setObject(6, receipt.afterMillis());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new DatabaseException("noting when the ACKs of batches went out", e);
    }
  }
}
