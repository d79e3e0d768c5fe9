package org.kvantenergo.benchmark.insert;

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
   */
  public Figures measure(Point point, Duration warmUp, Duration duration)
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
      long before = stored.sum();
      long begin = System.nanoTime();
      await(workers, duration);
      long count = stored.sum() - before;
      double seconds = (System.nanoTime() - begin) / 1e9;
      over.set(true);
      for (int i = 0; i < point.connections(); i++) {
        result(workers.take());
      }
      return new Figures(point, seconds, count);
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
