package org.kvantenergo.adapter.net;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.kvantenergo.adapter.delivery.Stored;
import org.kvantenergo.wire.DueCommand;
import org.kvantenergo.wire.packet.Packet;

/**
 * The answers that a session owes, in the order in which its frames came: an answer that is known
 * early waits for those before it. Used by one thread.
 */
final class Answers {

  private static final int MANY = 128;

  /** A frame may bring 64. */
  private static final int MANY_RECORDS = 512;

  private final ArrayDeque<Slot> owed = new ArrayDeque<>();
  private final Consumer<Slot> send;
  private final Consumer<Closing> close;
  private int records;
  private boolean abandoned;

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
    private final int seq;
    private final long block;
    private final long since = System.nanoTime();
    private Packet.Downlink answer;
    private List<DueCommand> commands = List.of();
    private Stored stored;
    private Closing closing;
    private int records;
    private boolean filled;

    private Slot(int seq, long block) {
      this.seq = seq;
      this.block = block;
    }

    /** Of the frame that is answered. */
    int seq() {
      return seq;
    }

    /** Serial of the telemetry block whose frame was relayed; 0 = none. */
    long block() {
      return block;
    }

    /** When its frame was there whole, on the scale of {@link System#nanoTime()}. */
    long since() {
      return since;
    }

    /** Null for none. */
    Packet.Downlink answer() {
      return answer;
    }

    /** What follows the answer. */
    List<DueCommand> commands() {
      return commands;
    }

    private void booked(boolean written) {
      if (stored != null) {
        stored.answered(written);
        stored = null;
      }
    }
  }

  Answers(Consumer<Slot> send, Consumer<Closing> close) {
    this.send = send;
    this.close = close;
  }

  /**
   * A place for an answer that is not known yet.
   *
   * @param seq of the frame to answer
   * @param block serial of the telemetry block whose frame was relayed; 0 = none
   */
  Slot reserve(int seq, long block) {
    Slot slot = new Slot(seq, block);
    owed.add(slot);
    return slot;
  }

  /** The frame of a place brings so many records, 1 or more. */
  void brings(Slot slot, int count) {
    slot.records = count;
    records += count;
  }

  /** Fills a place and sends whatever is due now. */
  void fill(Slot slot, Packet.Downlink answer) {
    fill(slot, answer, (Closing) null);
  }

  /** Fills a place with an answer to something stored, and what follows it. */
  void fill(Slot slot, Packet.Downlink answer, Stored stored) {
    slot.stored = stored;
    slot.commands = stored.reply().commands();
    fill(slot, answer, (Closing) null);
  }

  /**
   * Fills a place with the session's last answer.
   *
   * @param answer null for none
   */
  void fill(Slot slot, Packet.Downlink answer, Closing closing) {
    if (slot.filled || abandoned) {
      slot.booked(false);
      return;
    }
    slot.answer = answer;
    slot.closing = closing;
    slot.filled = true;
    while (!owed.isEmpty() && owed.peek().filled) {
      Slot due = owed.poll();
      records -= due.records;
      if (due.answer != null) {
        send.accept(due);
      }
      due.booked(true);
      if (due.closing != null) {
        abandon();
        close.accept(due.closing);
      }
    }
  }

  /** The place whose answer all others wait for; null if nothing is owed. */
  Slot first() {
    return owed.peek();
  }

  /** Nothing is sent any more. */
  void abandon() {
    abandoned = true;
    owed.forEach(slot -> slot.booked(false));
    owed.clear();
    records = 0;
  }

  /** How many answers are owed. */
  int owed() {
    return owed.size();
  }

  /** Whether so much is owed that the session is not to be read further. */
  boolean many() {
    return owed.size() >= MANY || records >= MANY_RECORDS;
  }
}
