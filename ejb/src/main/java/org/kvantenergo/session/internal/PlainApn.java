package org.kvantenergo.session.internal;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Started;

/**
 * Seals what an earlier version stored in the clear: after the start, beside the work, each batch
 * for itself, so that an end in between loses nothing. Nodes share it. Once nothing is left, a look
 * at the start costs one index that is empty.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PlainApn {

  private static final System.Logger LOG = System.getLogger(PlainApn.class.getName());

  /** Rows a batch. */
  static final int BATCH = 1000;

  /** Between rounds that failed. */
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private static final String TAKE =
      """
      select id, device_id, coalesce(apn_login, ''), coalesce(apn_password, '') from device_session
      where apn_login is not null or apn_password is not null
      order by id limit ? for update skip locked
      """;

  // A session that is sealed already was told again since: the newer word stands.
  private static final String SEAL =
      """
      update device_session s set sealed_apn = coalesce(s.sealed_apn, n.sealed),
        apn_login = null, apn_password = null
      from unnest(?::bigint[], ?::bigint[], ?::bytea[]) as n(id, device_id, sealed)
      where s.id = n.id and s.device_id = n.device_id
      """;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(long id, long device, byte[] sealed) {}

  @Resource private TimerService timers;

  private final DataSource dataSource;
  private final SecretBox box;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean running;

  /** For the container's proxies. */
  public PlainApn() {
    this(null, null);
  }

  /** With what works. */
  @Inject
  public PlainApn(DataSource dataSource, SecretBox box) {
    this.dataSource = dataSource;
    this.box = box;
  }

  /** Begins, now that tables and key are there. */
  public void begin(@Observes Started event) {
    running = true;
    timers.createIntervalTimer(0, PERIOD.toMillis(), new TimerConfig(null, false));
  }

  /** Takes no more. */
  @PreDestroy
  public void end() {
    running = false;
  }

  /** A round: all there is. Ends the timer when nothing was left. */
  @Timeout
  public void round(jakarta.ejb.Timer timer) {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      long sealed = 0;
      int batch = BATCH;
      while (running && batch == BATCH) {
        batch = seal();
        sealed += batch;
      }
      if (sealed > 0) {
        ServerMessage.APN_SEALED.log(LOG, sealed);
      } else if (running) {
        timer.cancel();
      }
    } catch (SQLException e) {
      ServerMessage.APN_NOT_SEALED.log(LOG, e.getMessage());
    } finally {
      busy.set(false);
    }
  }

  /**
   * One batch, in a transaction of its own.
   *
   * @return how many rows; fewer than {@link #BATCH} if nothing else waits
   */
  int seal() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<Row> rows = take(connection);
        write(connection, rows);
        connection.commit();
        return rows.size();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private List<Row> take(Connection connection) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setInt(1, BATCH);
      List<Row> rows = new ArrayList<>();
      try (ResultSet r = take.executeQuery()) {
        while (r.next()) {
          long id = r.getLong(1);
          long device = r.getLong(2);
          byte[] sealed = SessionSecrets.seal(box, id, r.getString(3), r.getString(4));
          rows.add(new Row(id, device, sealed));
        }
      }
      return rows;
    }
  }

  private static void write(Connection connection, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement write = connection.prepareStatement(SEAL)) {
      Columns<Row> columns = new Columns<>(write, rows);
      columns.longs(Row::id);
      columns.longs(Row::device);
      columns.bytes(Row::sealed);
      write.executeUpdate();
    }
  }
}
