package org.kvantenergo.ingest;

import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;

/**
 * A delivery with its place in the batch that it came in: custody names it, also when the batch is
 * stored in parts.
 *
 * @param place from 0
 * @param delivery what to store
 */
record Placed(int place, Delivery delivery) {

  static List<Placed> all(PacketBatch batch) {
    List<Placed> placed = new ArrayList<>(batch.deliveries().size());
    for (Delivery delivery : batch.deliveries()) {
      placed.add(new Placed(placed.size(), delivery));
    }
    return placed;
  }
}
