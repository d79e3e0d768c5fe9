package org.kvantenergo.simulator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What has been counted so far. May be used from any thread. */
public final class Totals {

  final LongAdder made = new LongAdder();
  final LongAdder stored = new LongAdder();
  final LongAdder already = new LongAdder();
  final LongAdder sessions = new LongAdder();
  final LongAdder complete = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder lostAcks = new LongAdder();
  final LongAdder repeats = new LongAdder();
  final LongAdder unexpected = new LongAdder();
  final LongAdder busy = new LongAdder();
  final LongAdder rejects = new LongAdder();
  final LongAdder notRegistered = new LongAdder();
  final CommandTotals commands = new CommandTotals();
  final RudeTotals rude = new RudeTotals();
  final AtomicLong open = new AtomicLong();
  private final Latencies latency = new Latencies();

  void acknowledgedAfter(long nanos) {
    latency.add(nanos);
  }

  /** Forgets the latencies so far: they were those of a warm-up. */
  void forgetLatencies() {
    latency.forget();
  }

  /** Everything at this moment. */
  public Snapshot snapshot() {
    Latencies.Snapshot acks = latency.snapshot();
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
        busy.sum(),
        rejects.sum(),
        notRegistered.sum(),
        open.get(),
        acks.count(),
        acks.p50(),
        acks.p99(),
        acks.max(),
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
   * @param busy times that a server was busy, HELLO_ACK 4
   * @param rejects frames that were answered REJECT, relayed ones too
   * @param notRegistered sessions of devices that the server does not know, HELLO_ACK 1
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
      long busy,
      long rejects,
      long notRegistered,
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
