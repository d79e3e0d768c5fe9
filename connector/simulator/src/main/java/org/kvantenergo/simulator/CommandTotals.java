package org.kvantenergo.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of commands, counted, each by its commandId too: one that was carried out twice is
 * found out, whichever device did it. May be used from any thread.
 */
public final class CommandTotals {

  final LongAdder received = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder repeated = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  private final LongAdder executed = new LongAdder();
  private final LongAdder twice = new LongAdder();
  private final Map<Long, Integer> executions = new ConcurrentHashMap<>();

  CommandTotals() {}

  /** Counts an execution. */
  void executed(long commandId) {
    executed.increment();
    if (executions.merge(commandId, 1, Integer::sum) == 2) {
      twice.increment();
    }
  }

  Snapshot snapshot() {
    return new Snapshot(
        received.sum(),
        executed.sum(),
        refused.sum(),
        repeated.sum(),
        dropped.sum(),
        acknowledged.sum(),
        twice.sum());
  }

  /**
   * A moment's counts.
   *
   * @param received COMMAND frames
   * @param executed commands carried out
   * @param refused commands answered with a result other than 0
   * @param repeated COMMAND frames answered from memory, nothing carried out
   * @param dropped sessions broken off between COMMAND and COMMAND_RESULT
   * @param acknowledged COMMAND_RESULT frames acknowledged, as new or as known
   * @param twice commandIds carried out more than once; must be 0
   */
  public record Snapshot(
      long received,
      long executed,
      long refused,
      long repeated,
      long dropped,
      long acknowledged,
      long twice) {}
}
