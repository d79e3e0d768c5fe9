package org.kvantenergo.adapter.delivery;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.Reply;

/** Deliveries stored one by one, each with a book of its own. */
public final class BookedStored {

  private BookedStored() {}

  /** {@code booked} is told whether the answer went out; never for what promises nothing. */
  public static Stored of(Delivery delivery, int seq, Reply reply, Consumer<Boolean> booked) {
    Parcel parcel = new Parcel(delivery, seq, outcome -> {});
    BatchAcks book =
        new BatchAcks(
            1,
            "node",
            Clock.systemUTC(),
            List.of(parcel),
            receipt -> booked.accept(receipt.afterMillis()[0] >= 0));
    return new Stored(reply, book, 0);
  }
}
