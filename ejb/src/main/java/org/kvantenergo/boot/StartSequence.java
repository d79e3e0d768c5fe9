package org.kvantenergo.boot;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import org.kvantenergo.boot.internal.DatabaseGate;
import org.kvantenergo.boot.internal.FirstPeople;
import org.kvantenergo.boot.internal.MasterKey;
import org.kvantenergo.boot.internal.Schema;
import org.kvantenergo.reading.ArchivePartitions;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Started;

/**
 * The start of a node, step by step. A step that fails fails the deployment with a numbered
 * message: a server that cannot keep its promises does not come up half. Meters are there before
 * it, so that nothing is done uncounted.
 */
@Singleton
@Startup
@DependsOn("PrometheusMeters")
@TransactionManagement(TransactionManagementType.BEAN)
public class StartSequence {

  private static final System.Logger LOG = System.getLogger(StartSequence.class.getName());

  @Inject private DatabaseGate database;
  @Inject private Schema schema;
  @Inject private MasterKey masterKey;
  @Inject private ArchivePartitions partitions;
  @Inject private FirstPeople people;
  @Inject private Event<Started> started;
  @Inject private Clock clock;

  private boolean done;

  @PostConstruct
  void start() {
    database.pass();
    schema.migrate();
    masterKey.load();
    makePartitions();
    people.prepare();
    done = true;
    started.fire(new Started(clock.instant()));
    ServerMessage.STARTED.log(LOG);
  }

  /** A restart must not wait for the end of a backup: the job tries again. */
  private void makePartitions() {
    try {
      ServerMessage.PARTITIONS_MADE.log(LOG, partitions.ensureAhead());
    } catch (EJBException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      ServerMessage.PARTITIONS_NOT_MADE.log(LOG, cause.getMessage());
    }
  }

  /** Whether the node can take packets; waits while the start is under way. */
  @Lock(LockType.READ)
  public boolean done() {
    return done;
  }
}
