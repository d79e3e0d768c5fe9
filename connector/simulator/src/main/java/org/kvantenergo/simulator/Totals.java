package org.kvantenergo.simulator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What has been counted so far. May be used from any thread. */
public final class Totals {

  private static final long LONGEST_MICROS = 600_000_000L;

  final LongAdder made = new LongAdder();
  final LongAdder stored = new LongAdder();
  final LongAdder already = new LongAdder();
  final LongAdder sessions = new LongAdder();
  final LongAdder complete = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder lostAcks = new LongAdder();
  final LongAdder repeats = new LongAdder();
  final LongAdder unexpected = new LongAdder();
  final CommandTotals commands = new CommandTotals();
  final RudeTotals rude = new RudeTotals();
  final AtomicLong open = new AtomicLong();
  private final Recorder latency = new Recorder(LONGEST_MICROS, 3);
  private final Histogram all = new Histogram(LONGEST_MICROS, 3);

  void acknowledgedAfter(long nanos) {
    latency.recordValue(Math.min(LONGEST_MICROS, nanos / 1_000));
  }

  /** Forgets the latencies so far: they were those of a warm-up. */
  synchronized void forgetLatencies() {
    latency.reset();
    all.reset();
  }

  /** Everything at this moment. */
  public synchronized Snapshot snapshot() {
    all.add(latency.getIntervalHistogram());
    return new Snapshot(
        made.sum(),
        stored.sum(),
        already.sum(),
        sessions.sum(),
        complete.sum(),
        failed.sum(),
        lostAcks.sum(),
        repeats.sum(),
        unexpected.sum(),
        open.get(),
        all.getTotalCount(),
        all.getValueAtPercentile(50),
        all.getValueAtPercentile(99),
        all.getMaxValue(),
        commands.snapshot(),
        rude.snapshot());
  }

  /**
   * A moment's counts.
   *
   * @param made records that modules made
   * @param stored records acknowledged with code 0
   * @param already records acknowledged with code 1, repeats not counted
   * @param sessions sessions begun
   * @param complete sessions that ended well
   * @param failed sessions that did not
   * @param lostAcks acknowledgements thrown away
   * @param repeats frames sent once more
   * @param unexpected answers against the protocol
   * @param open connections now, those being opened included
   * @param acks acknowledgements of READINGS in the latencies below
   * @param p50 from sending READINGS to its ACK, median, µs
   * @param p99 the same, 99th percentile, µs
   * @param max the same, longest, µs
   * @param commands what became of commands
   * @param rude what was done to the server on purpose
   */
  public record Snapshot(
      long made,
      long stored,
      long already,
      long sessions,
      long complete,
      long failed,
      long lostAcks,
      long repeats,
      long unexpected,
      long open,
      long acks,
      long p50,
      long p99,
      long max,
      CommandTotals.Snapshot commands,
      RudeTotals.Snapshot rude) {

    /** Records acknowledged, as new or as known. */
    public long acknowledged() {
      return stored + already;
    }

    /** Records made and not acknowledged. */
    public long waiting() {
      return made - acknowledged();
    }

    /** Whether every acknowledgement came, none was wrong, and no command was obeyed twice. */
    public boolean clean() {
      return waiting() == 0 && unexpected == 0 && commands.twice() == 0;
    }
  }
}
