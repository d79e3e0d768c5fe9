package org.kvantenergo.wire;

import java.util.List;

/**
 * Packets of many sessions that share one commit. Those of one device are in the order in which
 * they came, and no other lane has any of them at the same time.
 *
 * @param deliveries at least one
 */
public record PacketBatch(List<Delivery> deliveries) {

  /** Takes its own copy of the list. */
  public PacketBatch {
    if (deliveries.isEmpty()) {
      throw new IllegalArgumentException("empty batch");
    }
    deliveries = List.copyOf(deliveries);
  }
}
