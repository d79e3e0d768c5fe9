package org.kvantenergo.adapter.delivery;

import java.util.function.Consumer;
import org.kvantenergo.wire.Delivery;

/**
 * A delivery with its addressee.
 *
 * @param delivery what to store
 * @param seq u16 of its frame; -1 if it is none
 * @param receiver told once, on a work thread, when the transaction has ended
 */
record Parcel(Delivery delivery, int seq, Consumer<Outcome<Stored>> receiver) {

  int weight() {
    return Dispatcher.weight(delivery);
  }
}
