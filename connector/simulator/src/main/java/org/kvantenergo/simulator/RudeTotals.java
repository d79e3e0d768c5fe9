package org.kvantenergo.simulator;

import java.util.concurrent.atomic.LongAdder;

/** What was done to the server on purpose. May be used from any thread. */
public final class RudeTotals {

  final LongAdder stalls = new LongAdder();
  final LongAdder garbage = new LongAdder();
  final LongAdder floods = new LongAdder();
  final LongAdder floodedFrames = new LongAdder();
  final LongAdder slowLorises = new LongAdder();
  final LongAdder idlers = new LongAdder();
  final LongAdder shownOut = new LongAdder();

  RudeTotals() {}

  Snapshot snapshot() {
    return new Snapshot(
        stalls.sum(),
        garbage.sum(),
        floods.sum(),
        floodedFrames.sum(),
        slowLorises.sum(),
        idlers.sum(),
        shownOut.sum());
  }

  /**
   * A moment's counts.
   *
   * @param stalls sessions with a frame stopped half-way
   * @param garbage connections that sent bytes of no protocol
   * @param floods connections that sent frames without waiting for answers
   * @param floodedFrames frames sent on them
   * @param slowLorises connections that sent a HELLO byte by byte
   * @param idlers connections that said HELLO and nothing more
   * @param shownOut of these connections, those that ended before the run did
   */
  public record Snapshot(
      long stalls,
      long garbage,
      long floods,
      long floodedFrames,
      long slowLorises,
      long idlers,
      long shownOut) {

    /** Whether there is anything to tell. */
    public boolean any() {
      return stalls + garbage + floods + slowLorises + idlers > 0;
    }
  }
}
