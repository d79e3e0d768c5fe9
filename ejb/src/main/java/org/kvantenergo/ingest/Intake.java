package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kvantenergo.setaside.FailedFrame;
import org.kvantenergo.setaside.SetAsideStore;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.packet.PacketEncoder;

/**
 * Keeps one frame that the database refuses from stopping its neighbours: a batch is stored as a
 * whole, and is halved only where values are to blame. A lone frame that then fails while a
 * neighbour of its kind is stored is set aside as it came, which counts as stored. All in the
 * transaction of the delivery.
 */
@ApplicationScoped
public class Intake {

  private static final System.Logger LOG = System.getLogger(Intake.class.getName());
  private static final Reply NOT_NOW = new Reply(Reply.Kind.REFUSED, 0, List.of());

  private static final Reply WAITS_ALREADY = new Reply(Reply.Kind.STORED_BEFORE, 0, List.of());

  private final IngestService ingest;
  private final Salvage salvage;
  private final BatchIds ids;
  private final SetAsideStore aside;
  private final Suspects suspects = new Suspects();
  private volatile Placed lastStored;

  @Inject
  public Intake(IngestService ingest, Salvage salvage, BatchIds ids, SetAsideStore aside) {
    this.ingest = ingest;
    this.salvage = salvage;
    this.ids = ids;
    this.aside = aside;
  }

  /** For the proxies of CDI. */
  protected Intake() {
    this(null, null, null, null);
  }

  /** One that remembers nothing of what this one has seen, and names batches otherwise. */
  Intake apart(BatchIds names) {
    return new Intake(ingest, salvage, names, aside);
  }

  /**
   * Stores a batch; true only once the caller's transaction has committed.
   *
   * @throws DatabaseException if storing is failing and not a frame
   */
  public BatchReply store(PacketBatch batch) {
    boolean promised = batch.deliveries().stream().anyMatch(Delivery.Frame.class::isInstance);
    long batchId = promised ? ids.next() : 0;
    List<Placed> placed = Placed.all(batch);
    try {
      List<Reply> replies = salvage.attempt(() -> ingest.store(batchId, placed));
      remember(placed);
      return new BatchReply(batchId, replies);
    } catch (DatabaseException e) {
      if (!e.blamesData()) {
        throw e;
      }
      return new Halving(batchId, placed, e).store();
    }
  }

  /** A frame with records that the archive took: what it takes again when nothing is wrong. */
  private void remember(List<Placed> stored) {
    for (Placed placed : stored) {
      if (placed.delivery() instanceof Delivery.OfReadings) {
        lastStored = placed;
        return;
      }
    }
  }

  /** One batch that failed as a whole. */
  private final class Halving {

    private final long batchId;
    private final List<Placed> batch;
    private final DatabaseException whole;
    private final Reply[] replies;
    private final List<Placed> stored = new ArrayList<>();
    private final List<Placed> refused = new ArrayList<>();
    private final List<DatabaseException> reasons = new ArrayList<>();

    Halving(long batchId, List<Placed> batch, DatabaseException whole) {
      this.batchId = batchId;
      this.batch = batch;
      this.whole = whole;
      this.replies = new Reply[batch.size()];
    }

    BatchReply store() {
      // If what was stored before cannot be stored now, it is not the values of this batch.
      if (lastStored != null
          && !salvage.rehearse(() -> ingest.store(batchId, List.of(lastStored)))) {
        throw whole;
      }
      if (batch.size() == 1) {
        refused(batch.get(0), whole);
      } else {
        halve(batch);
      }
      remember(stored);
      setAside();
      return new BatchReply(batchId, Arrays.asList(replies));
    }

    private void halve(List<Placed> part) {
      int middle = part.size() / 2;
      attempt(part.subList(0, middle));
      attempt(part.subList(middle, part.size()));
    }

    private void attempt(List<Placed> part) {
      try {
        List<Reply> answers = salvage.attempt(() -> ingest.store(batchId, part));
        for (int i = 0; i < part.size(); i++) {
          replies[part.get(i).place()] = answers.get(i);
        }
        stored.addAll(part);
      } catch (DatabaseException e) {
        if (!e.blamesData()) {
          throw e;
        }
        if (part.size() == 1) {
          refused(part.get(0), e);
        } else {
          halve(part);
        }
      }
    }

    private void refused(Placed placed, DatabaseException reason) {
      refused.add(placed);
      reasons.add(reason);
      replies[placed.place()] = Reply.STORED;
    }

    /**
     * Only what a neighbour of its kind shows to be a fault of the frame. One that has no such
     * neighbour is told to come back, and is set aside when it fails again.
     */
    private void setAside() {
      Set<Class<?>> sound =
          stored.stream().map(p -> p.delivery().getClass()).collect(Collectors.toSet());
      List<FailedFrame> kept = new ArrayList<>();
      for (int i = 0; i < refused.size(); i++) {
        if (refused.get(i).delivery() instanceof Delivery.Frame frame) {
          int place = refused.get(i).place();
          FailedFrame failed = failed(frame, batchId, place, reasons.get(i));
          boolean again = suspects.cameBefore(failed) && lastStored != null;
          if (again || sound.contains(frame.getClass())) {
            kept.add(failed);
          } else {
            replies[place] = NOT_NOW;
          }
        }
      }
      if (stored.isEmpty() && kept.isEmpty()) {
        throw whole;
      }
      BitSet fresh = aside.keep(kept);
      for (int i = 0; i < kept.size(); i++) {
        if (fresh.get(i)) {
          say(kept.get(i));
        } else {
          replies[kept.get(i).place()] = WAITS_ALREADY;
        }
      }
    }

    private void say(FailedFrame frame) {
      ServerMessage.FRAME_SET_ASIDE.log(
          LOG,
          frame.block() == 0 ? frame.claim().serial() : frame.block(),
          frame.sqlState(),
          frame.message().lines().findFirst().orElse(""));
    }
  }

  private static FailedFrame failed(
      Delivery.Frame frame, long batchId, int place, DatabaseException reason) {
    SessionRequest request = frame.session().request();
    long device = frame.session().admission().deviceId();
    return new FailedFrame(
        frame.at(),
        AdmissionService.claim(request.identity()),
        device == 0 ? null : new DeviceId(device),
        Subjects.unproven(frame.session()),
        frame.block(),
        frame.session().admission().sessionId(),
        request.node(),
        request.remote(),
        frame.packet().type(),
        PacketEncoder.payload(frame.packet()),
        batchId,
        place,
        reason.sqlState(),
        reason.getMessage());
  }
}
