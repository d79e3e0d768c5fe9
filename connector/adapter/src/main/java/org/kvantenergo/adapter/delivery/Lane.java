package org.kvantenergo.adapter.delivery;

import jakarta.resource.spi.work.Work;
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
 * on its way the next one gathers, so batches grow with the load by themselves. An item that comes
 * to an idle lane never waits; under load the lane waits a little for as much as its last batch
 * had. It holds a work thread only while it is busy.
 *
 * @param <T> what is queued
 */
final class Lane<T> implements Work {

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Limits limits;
  private final ToIntFunction<T> weight;
  private final Consumer<List<T>> carrier;
  private final Workers workers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<T> queue = new ArrayDeque<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private int queued;
  private int lastItems;
  private int lastWeight;
  private boolean running;
  private boolean released;

  /**
   * How a lane batches and when it is full.
   *
   * @param batch most weight in a batch, 1 or more; an item that is heavier goes alone
   * @param waitNanos longest wait for a batch to fill under load
   * @param full weight from which on the lane asks its feeders to pause; they go on at half of it
   */
  record Limits(int batch, long waitNanos, int full) {}

  Lane(Limits limits, ToIntFunction<T> weight, Consumer<List<T>> carrier, Workers workers) {
    this.limits = limits;
    this.weight = weight;
    this.carrier = carrier;
    this.workers = workers;
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
    workers.start(this);
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
      try {
        carrier.accept(batch);
      } catch (RuntimeException | Error e) {
        // The lane must outlive whatever one batch does to it: its queue has no other way out.
        AdapterLog.LANE_FAULT.sayOccasionally(e, e);
      }
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

  /** The next batch; empty when the lane has been idle for a while and gives its thread back. */
  private List<T> take() {
    List<T> batch = new ArrayList<>();
    List<Runnable> resumed = List.of();
    lock.lock();
    try {
      awaitQueued(1, LINGER_NANOS);
      if (queue.isEmpty()) {
        running = false;
        lastItems = 0;
        changed.signalAll();
        return batch;
      }
      if (lastItems > 1) {
        awaitQueued(Math.min(lastWeight, limits.batch), limits.waitNanos);
      }
      fill(batch);
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

  private void fill(List<T> batch) {
    int taken = weight.applyAsInt(queue.peek());
    batch.add(queue.poll());
    while (!queue.isEmpty()) {
      int next = weight.applyAsInt(queue.peek());
      if (taken + next > limits.batch) {
        break;
      }
      taken += next;
      batch.add(queue.poll());
    }
    queued -= taken;
    lastItems = batch.size();
    lastWeight = taken;
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
