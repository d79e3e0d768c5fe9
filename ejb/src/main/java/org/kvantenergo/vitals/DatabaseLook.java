package org.kvantenergo.vitals;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.kvantenergo.health.Finding;
import org.kvantenergo.reading.ArchivePartitions;
import org.kvantenergo.shared.DatabaseException;

/**
 * Whether the database answers and takes writes. However many ask, one look is under way at a time
 * and holds one connection; who asks meanwhile waits for the same one, for at most two seconds.
 */
@ApplicationScoped
public class DatabaseLook {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String READ_ONLY = "select current_setting('transaction_read_only')";

  @Resource private ManagedExecutorService threads;

  private final DataSource dataSource;
  private final ArchivePartitions partitions;
  private final Duration patience;
  private final Executor own;
  private CompletableFuture<Finding> underWay;
  private volatile LocalDate madeUntil;

  @Inject
  public DatabaseLook(DataSource dataSource, ArchivePartitions partitions) {
    this(dataSource, partitions, PATIENCE, null);
  }

  /** For the proxies of CDI. */
  protected DatabaseLook() {
    this(null, null);
  }

  DatabaseLook(
      DataSource dataSource, ArchivePartitions partitions, Duration patience, Executor own) {
    this.dataSource = dataSource;
    this.partitions = partitions;
    this.patience = patience;
    this.own = own;
  }

  /** Looks, or waits for the look that is under way. */
  Finding look() {
    try {
      return underWay().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Finding.ill("no answer within " + patience.toMillis() + " ms");
    } catch (ExecutionException e) {
      return Finding.ill(String.valueOf(e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.ill("the server stops");
    }
  }

  /** First day, in UTC, that the archive has no month for, as the last look found; empty before. */
  Optional<LocalDate> madeUntil() {
    return Optional.ofNullable(madeUntil);
  }

  private synchronized CompletableFuture<Finding> underWay() {
    if (underWay == null || underWay.isDone()) {
      underWay = CompletableFuture.supplyAsync(this::ask, own == null ? threads : own);
    }
    return underWay;
  }

  private Finding ask() {
    try {
      if (readOnly()) {
        return Finding.ill("it takes no writes: is it a standby?");
      }
      madeUntil = partitions.madeUntil();
      return Finding.well("answers and takes writes");
    } catch (SQLException | DatabaseException | EJBException e) {
      Throwable cause = e instanceof EJBException && e.getCause() != null ? e.getCause() : e;
      return Finding.ill(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private boolean readOnly() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout((int) PATIENCE.toSeconds());
      try (ResultSet row = statement.executeQuery(READ_ONLY)) {
        row.next();
        return row.getString(1).equals("on");
      }
    }
  }
}
