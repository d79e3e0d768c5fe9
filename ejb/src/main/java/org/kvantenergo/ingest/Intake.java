package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.ServerMessage;
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
  private static final Reply STORED = new Reply(false, 0);

  private final IngestService ingest;
  private final Salvage salvage;

  @Inject
  public Intake(IngestService ingest, Salvage salvage) {
    this.ingest = ingest;
    this.salvage = salvage;
  }

  /** For the proxies of CDI. */
  protected Intake() {
    this(null, null);
  }

  /**
   * One reply a delivery, in their order; true only once the caller's transaction has committed.
   *
   * @throws DatabaseException if nothing of the batch can be stored: storing is failing then, not a
   *     frame
   */
  public List<Reply> store(PacketBatch batch) {
    try {
      return salvage.attempt(() -> ingest.store(batch));
    } catch (DatabaseException e) {
      if (!e.blamesData() || batch.deliveries().size() == 1) {
        throw e;
      }
      return storeEach(batch.deliveries(), e);
    }
  }

  private List<Reply> storeEach(List<Delivery> deliveries, DatabaseException whole) {
    List<Reply> replies = new ArrayList<>(deliveries.size());
    List<SetAside> refused = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      PacketBatch lone = new PacketBatch(List.of(delivery));
      try {
        replies.addAll(salvage.attempt(() -> ingest.store(lone)));
      } catch (DatabaseException e) {
        if (!e.blamesData()) {
          throw e;
        }
        refused.add(new SetAside(delivery, e.sqlState(), e.getMessage()));
        replies.add(STORED);
      }
    }
    if (refused.size() == deliveries.size()) {
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
