package org.kvantenergo.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.wire.AckReceipt;

/** Keeps when ACKs went out. */
public interface AckBook {

  /**
   * What was noted of a frame.
   *
   * @param seq u16
   * @param storedAt when its transaction had committed
   * @param sentAt when its ACK was handed to the connection; null if that was gone
   */
  record Noted(int seq, Instant storedAt, Instant sentAt) {}

  /** Writes receipts; does not wait for the disk, since a lost one costs nobody a record. */
  void note(List<AckReceipt> receipts);

  /**
   * Looks up a frame.
   *
   * @param frame its place in the batch
   * @param sessionId the session that it came in
   * @return empty if nothing was noted of such a frame
   */
  Optional<Noted> find(long batchId, int frame, long sessionId);
}
