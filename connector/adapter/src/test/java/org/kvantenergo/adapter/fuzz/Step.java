package org.kvantenergo.adapter.fuzz;

import org.kvantenergo.adapter.fuzz.Server.Ending;
import org.kvantenergo.adapter.fuzz.Server.Fate;
import org.kvantenergo.adapter.fuzz.Server.Verdict;

/** One line of a {@link Script}. */
sealed interface Step {

  /**
   * The device says something.
   *
   * @param what what
   * @param damage what is wrong with it
   * @param times so often, each with the next seq
   * @param piece it arrives in pieces of so many bytes, 0 = whole
   * @param held so many bytes at the end arrive with what is said next
   */
  record Say(What what, Damage damage, int times, int piece, int held) implements Step {
    @Override
    public String toString() {
      return "say "
          + what
          + damage
          + (times == 1 ? "" : ", " + times + " times")
          + (piece == 0 ? "" : ", in pieces of " + piece)
          + (held == 0 ? "" : ", the last " + held + " bytes later");
    }
  }

  /**
   * Bytes that are no frame.
   *
   * @param bytes which
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Noise(byte[] bytes) implements Step {
    @Override
    public String toString() {
      return "say bytes " + Octets.hex(bytes);
    }
  }

  /**
   * Admission is decided, if it has been asked for.
   *
   * @param verdict how
   * @param retryAfter s, with BUSY
   */
  record Admit(Verdict verdict, int retryAfter) implements Step {
    @Override
    public String toString() {
      return "admit: " + verdict + (verdict == Verdict.BUSY ? " for " + retryAfter + " s" : "");
    }
  }

  /**
   * Storage answers one of the requests that wait, if any.
   *
   * @param which counted round those that wait, from the oldest
   * @param fate what became of it
   * @param pending commands due
   * @param commands so many are to be sent
   */
  record Store(int which, Fate fate, int pending, int commands) implements Step {
    @Override
    public String toString() {
      return "store: waiting one %d is %s, %d pending, %d commands"
          .formatted(which, fate, pending, commands);
    }
  }

  /**
   * Storage asks for a pause, or no more.
   *
   * @param on whether
   */
  record Press(boolean on) implements Step {
    @Override
    public String toString() {
      return "storage is pressed: " + on;
    }
  }

  /**
   * The session is interrupted.
   *
   * @param ending how
   */
  record Interrupt(Ending ending) implements Step {
    @Override
    public String toString() {
      return "interrupt: " + ending;
    }
  }
}
