package org.kvantenergo.adapter.delivery;

import org.kvantenergo.wire.Reply;

/**
 * A delivery whose transaction has committed. Whoever gets it says once whether the answer went out
 * ({@link #answered}): custody keeps it.
 */
public final class Stored {

  private final Reply reply;
  private final BatchAcks acks;
  private final int place;

  Stored(Reply reply, BatchAcks acks, int place) {
    this.reply = reply;
    this.acks = acks;
    this.place = place;
  }

  /** A reply whose answer nobody keeps book of. */
  public static Stored unbooked(Reply reply) {
    return new Stored(reply, null, 0);
  }

  /** What to answer. */
  public Reply reply() {
    return reply;
  }

  /** Any thread; at most once. */
  public void answered(boolean written) {
    if (acks != null) {
      acks.answered(place, written);
    }
  }
}
