package org.kvantenergo.benchmark.insert;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stores made-up records as fast as a program can that does nothing else: a thread a connection,
 * batch after batch. Needs a {@link BareSchema}.
 */
public final class BareInsert {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Connections connections;
  private final Clock clock;
  private final int devices;
  private final int records;
  private final LongAdder stored = new LongAdder();

  /**
   * What is stored.
   *
   * @param devices how many the schema has; connection k of n has those with id ≡ k modulo n
   * @param records of a device in a batch, 1..64
   */
  public BareInsert(Connections connections, Clock clock, int devices, int records) {
    if (records < 1 || records > 64) {
      throw new IllegalArgumentException("records out of 1..64: " + records);
    }
    if (devices < 1) {
      throw new IllegalArgumentException("devices below 1: " + devices);
    }
    this.connections = connections;
    this.clock = clock;
    this.devices = devices;
    this.records = records;
  }

  /** Who wants to look at something else while it is measured. */
  public interface Watch {

    /** The measured time begins. */
    default void begins() {}

    /** It is over. */
    default void ends() {}
  }

  /**
   * The counters at a moment.
   *
   * @param nanos of no certain beginning
   * @param cpuNanos processor time of this process
   */
  private record Stand(long records, long nanos, long cpuNanos) {

    Figures since(Stand before, Point point) {
      return new Figures(
          point,
          (nanos - before.nanos) / 1e9,
          records - before.records,
          (cpuNanos - before.cpuNanos) / 1e9);
    }
  }

  private Stand stand() {
    return new Stand(stored.sum(), System.nanoTime(), PROCESS.getProcessCpuTime());
  }

  /**
   * The point next to a wish: whole frames, and no more than one of each device that a connection
   * has, because a device waits for the ACK of its frame.
   */
  public Point possible(Point wish) {
    int parallel = Math.min(wish.connections(), devices);
    int frames = Math.max(1, Math.min(wish.batch() / records, devices / parallel));
    return new Point(frames * records, parallel, wish.way());
  }

  /** How many records were stored since this was made; exact when nothing is being measured. */
  public long stored() {
    return stored.sum();
  }

  /**
   * Measures; every connection stores one batch at least.
   *
   * @param point one that {@link #possible} gave
   * @param warmUp runs so long before, without measuring
   * @param watch is told when the measured time begins and ends, on the caller's thread
   */
  public Figures measure(Point point, Duration warmUp, Duration duration, Watch watch)
      throws SQLException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(point.connections());
    AtomicBoolean over = new AtomicBoolean();
    try {
      CompletionService<Void> workers = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < point.connections(); i++) {
        int number = i;
        workers.submit(() -> work(point, number, over));
      }
      await(workers, warmUp);
      watch.begins();
      Stand before = stand();
      await(workers, duration);
      Figures figures = stand().since(before, point);
      watch.ends();
      over.set(true);
      for (int i = 0; i < point.connections(); i++) {
        result(workers.take());
      }
      return figures;
    } finally {
      over.set(true);
      threads.shutdown();
    }
  }

  /** A worker that ends before it is told has failed: throws what it threw. */
  private static void await(CompletionService<Void> workers, Duration time)
      throws SQLException, InterruptedException {
    Future<Void> early = workers.poll(time.toNanos(), TimeUnit.NANOSECONDS);
    if (early != null) {
      result(early);
      throw new IllegalStateException("a connection ended too early");
    }
  }

  private static void result(Future<Void> worker) throws SQLException, InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Void work(Point point, int number, AtomicBoolean over) throws SQLException {
    int parallel = point.connections();
    Rows.Slice slice =
        new Rows.Slice(1 + number, parallel, (devices - number + parallel - 1) / parallel);
    Rows rows = new Rows(slice, clock, point.batch() / records, records);
    try (Writer writer = point.way().writer(connections.open())) {
      do {
        rows.next();
        stored.add(writer.write(rows));
      } while (!over.get());
    }
    return null;
  }
}
