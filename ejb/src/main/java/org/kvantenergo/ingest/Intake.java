package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.Reply;

/**
 * Keeps one frame that the database refuses from stopping its neighbours: a batch is stored as a
 * whole, and only if its values are to blame frame by frame. What then fails while a neighbour is
 * stored is set aside as it came, which counts as stored. All in the transaction of the delivery.
 */
@ApplicationScoped
public class Intake {

  private static final System.Logger LOG = System.getLogger(Intake.class.getName());

  private final IngestService ingest;
  private final Salvage salvage;
  private final BatchIds ids;

  @Inject
  public Intake(IngestService ingest, Salvage salvage, BatchIds ids) {
    this.ingest = ingest;
    this.salvage = salvage;
    this.ids = ids;
  }

  /** For the proxies of CDI. */
  protected Intake() {
    this(null, null, null);
  }

  /**
   * Stores a batch; true only once the caller's transaction has committed.
   *
   * @throws DatabaseException if nothing of the batch can be stored: storing is failing then, not a
   *     frame
   */
  public BatchReply store(PacketBatch batch) {
    boolean promised = batch.deliveries().stream().anyMatch(Delivery.Frame.class::isInstance);
    long batchId = promised ? ids.next() : 0;
    List<Placed> placed = Placed.all(batch);
    try {
      return new BatchReply(batchId, salvage.attempt(() -> ingest.store(batchId, placed)));
    } catch (DatabaseException e) {
      if (!e.blamesData() || placed.size() == 1) {
        throw e;
      }
      return new BatchReply(batchId, storeEach(batchId, placed, e));
    }
  }

  private List<Reply> storeEach(long batchId, List<Placed> batch, DatabaseException whole) {
    List<Reply> replies = new ArrayList<>(batch.size());
    List<SetAside> refused = new ArrayList<>();
    for (Placed placed : batch) {
      try {
        replies.addAll(salvage.attempt(() -> ingest.store(batchId, List.of(placed))));
      } catch (DatabaseException e) {
        if (!e.blamesData()) {
          throw e;
        }
        refused.add(new SetAside(placed.delivery(), e.sqlState(), e.getMessage()));
        replies.add(Reply.STORED);
      }
    }
    if (refused.size() == batch.size()) {
      throw whole;
    }
    salvage.keep(refused);
    for (SetAside frame : refused) {
      ServerMessage.FRAME_SET_ASIDE.log(
          LOG,
          frame.delivery().session().request().hello().serial(),
          frame.sqlState(),
          frame.message().lines().findFirst().orElse(""));
    }
    return replies;
  }
}
