package org.kvantenergo.ingest;

import java.util.List;
import org.kvantenergo.wire.AckReceipt;

/** Keeps when ACKs went out. */
public interface AckBook {

  /** Writes receipts; does not wait for the disk, since a lost one costs nobody a record. */
  void note(List<AckReceipt> receipts);
}
