package org.kvantenergo.adapter.delivery;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.kvantenergo.adapter.AdapterLog;

/**
 * A queue whose items are carried away in batches, in order, one batch at a time. While a batch is
 * on its way the next one gathers, so batches grow with the load by themselves. A lone item never
 * waits; under load the lane waits a little for as many items as its last batch had. It holds a
 * work thread only while it is busy.
 *
 * @param <T> what is queued
 */
final class Lane<T> implements Work {

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Limits limits;
  private final ToIntFunction<T> weight;
  private final Consumer<List<T>> carrier;
  private final WorkManager workManager;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<T> queue = new ArrayDeque<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private int queued;
  private int lastBatch = 1;
  private boolean running;
  private boolean released;

  /**
   * How a lane batches and when it is full.
   *
   * @param batch most weight in a batch, 1 or more
   * @param waitNanos longest wait for a batch to fill under load
   * @param full weight from which on the lane asks its feeders to pause; they go on at half of it
   */
  record Limits(int batch, long waitNanos, int full) {}

  Lane(Limits limits, ToIntFunction<T> weight, Consumer<List<T>> carrier, WorkManager workManager) {
    this.limits = limits;
    this.weight = weight;
    this.carrier = carrier;
    this.workManager = workManager;
  }

  /**
   * Queues an item; never blocks and never refuses: feeders ask {@link #full()} before the next.
   */
  void add(T item) {
    lock.lock();
    try {
      queue.add(item);
      queued += weight.applyAsInt(item);
      changed.signalAll();
      if (running) {
        return;
      }
      running = true;
    } finally {
      lock.unlock();
    }
    start();
  }

  /** Whether feeders should pause. */
  boolean full() {
    lock.lock();
    try {
      return queued >= limits.full;
    } finally {
      lock.unlock();
    }
  }

  /** Runs once, when there is room again; at once if there is. */
  void whenRoom(Runnable resume) {
    lock.lock();
    try {
      if (queued >= limits.full / 2) {
        waiting.add(resume);
        return;
      }
    } finally {
      lock.unlock();
    }
    resume.run();
  }

  /** Waits until nothing is queued or on its way; false if that took too long. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    lock.lock();
    try {
      released = true;
      changed.signalAll();
      long left = nanos;
      while (running || !queue.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    List<T> batch = take();
    while (!batch.isEmpty()) {
      carrier.accept(batch);
      batch = take();
    }
  }

  @Override
  public void release() {
    lock.lock();
    try {
      released = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    try {
      workManager.scheduleWork(this, WorkManager.INDEFINITE, null, null);
    } catch (WorkException e) {
      lock.lock();
      try {
        // The next item tries again; what is queued is answered then, or the modules come back.
        running = false;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      AdapterLog.NO_THREAD.sayOccasionally(e, e.getMessage());
    }
  }

  /** The next batch; empty when the lane has been idle for a while and gives its thread back. */
  private List<T> take() {
    List<Runnable> resumed = List.of();
    List<T> batch = new ArrayList<>(Math.min(limits.batch, 64));
    lock.lock();
    try {
      awaitQueued(1, LINGER_NANOS);
      if (queue.isEmpty()) {
        running = false;
        changed.signalAll();
        return batch;
      }
      if (lastBatch > 1) {
        awaitQueued(Math.min(lastBatch, limits.batch), limits.waitNanos);
      }
      int taken = 0;
      while (!queue.isEmpty() && taken < limits.batch) {
        T item = queue.poll();
        taken += weight.applyAsInt(item);
        batch.add(item);
      }
      queued -= taken;
      lastBatch = taken;
      if (queued < limits.full / 2 && !waiting.isEmpty()) {
        resumed = List.copyOf(waiting);
        waiting.clear();
      }
    } finally {
      lock.unlock();
    }
    resumed.forEach(Runnable::run);
    return batch;
  }

  private void awaitQueued(int enough, long nanos) {
    long left = nanos;
    try {
      while (queued < enough && left > 0 && !released) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
