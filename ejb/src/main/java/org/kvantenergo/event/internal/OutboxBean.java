package org.kvantenergo.event.internal;

import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.Outbox;
import org.kvantenergo.shared.DatabaseException;

/** Writes the outbox and wakes the relay when what it wrote is committed. */
@Stateless
@Local(Outbox.class)
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class OutboxBean implements Outbox {

  private static final String INSERT =
      "insert into outbox (kind, body) select kind, body::jsonb from unnest(?, ?) as e (kind, body)";

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry transaction;

  private final DataSource dataSource;
  private final RelayTrigger relay;

  /** For the container's proxies. */
  public OutboxBean() {
    this(null, null);
  }

  /** With the database and the relay to wake. */
  @Inject
  public OutboxBean(DataSource dataSource, RelayTrigger relay) {
    this.dataSource = dataSource;
    this.relay = relay;
  }

  OutboxBean(
      DataSource dataSource, TransactionSynchronizationRegistry transaction, RelayTrigger relay) {
    this(dataSource, relay);
    this.transaction = transaction;
  }

  @Override
  public void append(List<? extends Event> events) {
    if (events.isEmpty()) {
      return;
    }
    String[] kinds = events.stream().map(e -> EventKind.of(e).name()).toArray(String[]::new);
    String[] bodies = events.stream().map(e -> EventCodec.body(e.devices())).toArray(String[]::new);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setArray(1, connection.createArrayOf("text", kinds));
      insert.setArray(2, connection.createArrayOf("text", bodies));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException("writing the outbox", e);
    }
    transaction.registerInterposedSynchronization(new WakeAfterCommit());
  }

  private final class WakeAfterCommit implements Synchronization {

    @Override
    public void beforeCompletion() {
      // Nothing to do before.
    }

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        relay.wake();
      }
    }
  }
}
