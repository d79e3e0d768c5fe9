package org.kvantenergo.adapter.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Delivery;

/**
 * Waits until every answer of a committed batch went out or lost its connection, then says when.
 * Sessions report from their event loops.
 */
final class BatchAcks {

  private static final int NOT_SENT = -1;

  private final long batchId;
  private final String node;
  private final Clock clock;
  private final Instant storedAt;
  private final List<Parcel> batch;
  private final int[] afterMillis;
  private final AtomicInteger missing;
  private final Consumer<AckReceipt> complete;

  BatchAcks(
      long batchId, String node, Clock clock, List<Parcel> batch, Consumer<AckReceipt> complete) {
    this.batchId = batchId;
    this.node = node;
    this.clock = clock;
    this.storedAt = clock.instant();
    this.batch = batch;
    this.complete = complete;
    afterMillis = new int[batch.size()];
    Arrays.fill(afterMillis, NOT_SENT);
    missing = new AtomicInteger((int) batch.stream().filter(BatchAcks::promised).count());
  }

  /** Only what is stored is promised. */
  private static boolean promised(Parcel parcel) {
    return parcel.delivery() instanceof Delivery.Frame;
  }

  void answered(int place, boolean written) {
    if (!promised(batch.get(place))) {
      return;
    }
    if (written) {
      long after = Duration.between(storedAt, clock.instant()).toMillis();
      afterMillis[place] = (int) Math.max(0, Math.min(after, Integer.MAX_VALUE));
    }
    // The counter also hands the array from thread to thread.
    if (missing.decrementAndGet() == 0) {
      complete.accept(receipt());
    }
  }

  private AckReceipt receipt() {
    long[] sessions =
        batch.stream().mapToLong(p -> p.delivery().session().admission().sessionId()).toArray();
    int[] seqs = batch.stream().mapToInt(p -> promised(p) ? p.seq() : NOT_SENT).toArray();
    return new AckReceipt(batchId, node, storedAt, sessions, seqs, afterMillis);
  }
}
