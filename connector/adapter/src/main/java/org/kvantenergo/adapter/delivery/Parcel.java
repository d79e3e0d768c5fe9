package org.kvantenergo.adapter.delivery;

import java.util.function.Consumer;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.Reply;

/**
 * A delivery with its addressee.
 *
 * @param delivery what to store
 * @param receiver told once, on a work thread, when the transaction has ended
 */
record Parcel(Delivery delivery, Consumer<Outcome<Reply>> receiver) {

  /** What it adds to a batch: its records, at least 1. */
  int weight() {
    return delivery instanceof Delivery.OfReadings readings
        ? readings.readings().records().size()
        : 1;
  }
}
