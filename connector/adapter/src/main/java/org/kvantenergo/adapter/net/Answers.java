package org.kvantenergo.adapter.net;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The answers that a session owes, in the order in which its frames came: an answer that is known
 * early waits for those before it. Used by one thread.
 */
final class Answers {

  private final ArrayDeque<Slot> owed = new ArrayDeque<>();
  private final Consumer<byte[]> send;
  private final Consumer<Closing> close;

  /** Why a session closes. */
  enum Closing {
    /** The module said goodbye. */
    BYE,
    /** Answered with something that closes. */
    REJECTED,
    /** Storage failed. */
    STORAGE_UNAVAILABLE,
    /** The server stops. */
    SERVER_STOPPED
  }

  /** A place in the order, to be filled once. */
  static final class Slot {
    private byte[] answer;
    private Closing closing;
    private boolean filled;
  }

  Answers(Consumer<byte[]> send, Consumer<Closing> close) {
    this.send = send;
    this.close = close;
  }

  /** A place for an answer that is not known yet. */
  Slot reserve() {
    Slot slot = new Slot();
    owed.add(slot);
    return slot;
  }

  /** Fills a place and sends whatever is due now. */
  void fill(Slot slot, byte[] answer) {
    fill(slot, answer, null);
  }

  /**
   * Fills a place with the session's last answer.
   *
   * @param answer null for none
   */
  void fill(Slot slot, byte[] answer, Closing closing) {
    slot.answer = answer;
    slot.closing = closing;
    slot.filled = true;
    while (!owed.isEmpty() && owed.peek().filled) {
      Slot due = owed.poll();
      if (due.answer != null) {
        send.accept(due.answer);
      }
      if (due.closing != null) {
        owed.clear();
        close.accept(due.closing);
      }
    }
  }

  /** How many answers are owed. */
  int owed() {
    return owed.size();
  }
}
