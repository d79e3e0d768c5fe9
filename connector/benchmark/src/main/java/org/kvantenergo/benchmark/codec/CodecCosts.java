package org.kvantenergo.benchmark.codec;

import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link FrameBenchmark} by JMH. */
public final class CodecCosts {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final boolean quick;

  /**
   * How to run.
   *
   * @param quick some tens of milliseconds in this process: whether it works, not how fast; else 8
   *     s an operation, in a process of its own
   */
  public CodecCosts(boolean quick) {
    this.quick = quick;
  }

  /** One direction of the codec. */
  public enum Operation {
    DECODE,
    ENCODE;

    String method() {
      return FrameBenchmark.class.getName() + "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException if JMH cannot
   */
  public Cost of(FrameKind frame, Operation operation) {
    if (quick) {
      // Others that run at the same time disturb nothing that anybody looks at.
      System.setProperty("jmh.ignoreLock", "true");
    }
    try {
      RunResult result = new Runner(options(frame, operation).build()).runSingle();
      Result<?> time = result.getPrimaryResult();
      Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      return new Cost(time.getScore(), time.getScoreError(), allocated.getScore());
    } catch (RunnerException e) {
      throw new IllegalStateException(operation + " of " + frame, e);
    }
  }

  private ChainedOptionsBuilder options(FrameKind frame, Operation operation) {
    return new OptionsBuilder()
        .include("^" + operation.method() + "$")
        .param("frame", frame.name())
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .forks(quick ? 0 : 1)
        .warmupIterations(quick ? 1 : 3)
        .warmupTime(quick ? TimeValue.milliseconds(10) : TimeValue.seconds(1))
        .measurementIterations(quick ? 1 : 5)
        .measurementTime(quick ? TimeValue.milliseconds(20) : TimeValue.seconds(1));
  }
}
