package org.kvantenergo.ingest.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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

  private static final String FIND =
      """
      select seqs[?] as seq, stored_at, after_millis[?] as after from ingest_batch
      where id = ? and sessions[?] = ? and seqs[?] >= 0
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

  @Override
  public Optional<Noted> find(long batchId, int frame, long sessionId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      int place = frame + 1;
      find.setInt(1, place);
      find.setInt(2, place);
      find.setLong(3, batchId);
      find.setInt(4, place);
      find.setLong(5, sessionId);
      find.setInt(6, place);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? Optional.of(noted(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException("looking up the ACK of a frame", e);
    }
  }

  private static Noted noted(ResultSet row) throws SQLException {
    Instant storedAt = row.getObject("stored_at", OffsetDateTime.class).toInstant();
    int after = row.getInt("after");
    return new Noted(row.getInt("seq"), storedAt, after < 0 ? null : storedAt.plusMillis(after));
  }
}
