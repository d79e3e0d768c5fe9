package org.kvantenergo.simulator;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What a simulation gets done from one moment on. May be used from any thread. */
public final class Measurement {

  private final Simulation simulation;
  private final Totals.Snapshot begin;
  private final long beginNanos = System.nanoTime();
  private final long beginCpu = cpuNanos();

  /** Begins now; latencies so far are forgotten, they were those of a warm-up. */
  public Measurement(Simulation simulation) {
    this.simulation = simulation;
    simulation.totals().forgetLatencies();
    this.begin = simulation.totals().snapshot();
  }

  /**
   * What was measured.
   *
   * @param seconds how long
   * @param records acknowledged
   * @param sessions ended well
   * @param cpuSeconds processor time of this process, all threads; 0 where the system does not tell
   * @param totals the counts of the whole run, with the latencies since the measuring began
   */
  public record Figures(
      double seconds, long records, long sessions, double cpuSeconds, Totals.Snapshot totals) {

    /** Acknowledged records a second. */
    public double recordsPerSecond() {
      return records / seconds;
    }

    /** Sessions a second. */
    public double sessionsPerSecond() {
      return sessions / seconds;
    }
  }

  /** The figures up to now. */
  public Figures figures() {
    Totals.Snapshot now = simulation.totals().snapshot();
    return new Figures(
        (System.nanoTime() - beginNanos) / 1e9,
        now.acknowledged() - begin.acknowledged(),
        now.complete() - begin.complete(),
        (cpuNanos() - beginCpu) / 1e9,
        now);
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime())
        : 0;
  }
}
