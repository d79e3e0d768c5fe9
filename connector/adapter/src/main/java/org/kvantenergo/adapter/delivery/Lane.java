package org.kvantenergo.adapter.delivery;

import jakarta.resource.spi.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.kvantenergo.adapter.AdapterLog;

/**
 * A queue whose items are carried away in batches, one batch at a time, in the order in which they
 * are wanted ({@link Pace}): so those of one device keep theirs. While a batch is on its way the
 * next one gathers, so batches grow with the load by themselves. An item that comes to an idle lane
 * never waits; under load the lane waits a little for as much as its last batch had. It holds a
 * work thread only while it is busy.
 *
 * <p>Items that come before they are wanted are taken whenever there is nothing else to do in any
 * lane of the node ({@link Traffic}). Beside others a batch has a few of them, and without any that
 * is wanted now they take turns: so the others' batches stay small and quick.
 *
 * @param <T> what is queued
 */
final class Lane<T> implements Work {

  /** Most weight of what came early that a batch has beside others. */
  static final int SHARE = 64;

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Nothing for so long under load: nobody is right behind. */
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int BUSY = Integer.MAX_VALUE;

  private final Limits limits;
  private final Traffic traffic;
  private final Pace pace;
  private final Consumer<List<T>> carrier;
  private final Workers workers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Condition idle = lock.newCondition();
  private final PriorityQueue<Entry<T>> queue = new PriorityQueue<>();
  private final Room onTime = new Room();
  private final Room early = new Room();
  private long entered;
  private int lastItems;
  private int lastWeight;
  private boolean running;
  private boolean turn;
  private long movedAt;
  private boolean stopping;

  /** Weight for which the work waits; {@link #BUSY} = it does not. */
  private int enough = BUSY;

  /** Whether what came early counts in what the work waits for. */
  private boolean earlyToo;

  /**
   * How a lane batches and when it is full.
   *
   * @param batch most weight in a batch, 1 or more; an item that is heavier goes alone
   * @param waitNanos longest wait for a batch to fill under load
   * @param full weight from which on the lane asks its feeders to pause; they go on at half of it
   */
  record Limits(int batch, long waitNanos, int full) {}

  /**
   * An item in the queue.
   *
   * @param wanted when, ns
   * @param number of its arrival
   * @param early whether it came before it was wanted
   */
  private record Entry<T>(long wanted, long number, T item, int weight, boolean early)
      implements Comparable<Entry<T>> {

    @Override
    public int compareTo(Entry<T> other) {
      int byTime = Long.compare(wanted, other.wanted);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  Lane(Limits limits, Traffic traffic, Pace pace, Consumer<List<T>> carrier, Workers workers) {
    this.limits = limits;
    this.traffic = traffic;
    this.pace = pace;
    this.carrier = carrier;
    this.workers = workers;
  }

  /**
   * Queues an item; never blocks and never refuses: feeders ask {@link #full} before the next.
   *
   * @param device whose pace it counts for
   * @param weight its records, 1 or more
   */
  void add(T item, long device, int weight) {
    add(item, device, weight, weight, 0);
  }

  /**
   * Queues an item of weight 1 that costs its device nothing, behind what that sent before.
   *
   * @param patienceNanos for how long it may wait for others
   */
  void addFree(T item, long device, long patienceNanos) {
    add(item, device, 1, 0, patienceNanos);
  }

  private void add(T item, long device, int weight, int cost, long patienceNanos) {
    lock.lock();
    try {
      long now = traffic.now();
      long wanted = Math.max(now + patienceNanos, pace.wanted(device, now, cost));
      boolean comesEarly = wanted > now;
      if (!comesEarly) {
        traffic.onTime(now);
      }
      queue.add(new Entry<>(wanted, entered++, item, weight, comesEarly));
      (comesEarly ? early : onTime).queued += weight;
      // To wake it for each item would cost more than to store it.
      if (company(earlyToo) >= enough) {
        more.signal();
      }
      if (running) {
        return;
      }
      running = true;
      movedAt = now;
    } finally {
      lock.unlock();
    }
    guarded(() -> workers.start(this));
  }

  /** Whatever breaks, the next item starts the lane again. */
  private void guarded(Runnable work) {
    boolean sound = false;
    try {
      work.run();
      sound = true;
    } finally {
      if (!sound) {
        broke();
      }
    }
  }

  private void broke() {
    lock.lock();
    try {
      running = false;
    } finally {
      lock.unlock();
    }
  }

  /** Weight that waits, not counting the batch on its way. */
  int queued() {
    lock.lock();
    try {
      return onTime.queued + early.queued;
    } finally {
      lock.unlock();
    }
  }

  /** For how long it has had work without finishing a batch, ns; 0 = it has none. */
  long unmovedNanos() {
    lock.lock();
    try {
      return running ? traffic.now() - movedAt : 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether who feeds it for a device should pause: nobody passes those who wait for room. */
  boolean full(long device) {
    lock.lock();
    try {
      Room room = room(device);
      return room.queued >= limits.full || !room.waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Runs once, when there is room again for a device; at once if there is. */
  void whenRoom(long device, Runnable resume) {
    lock.lock();
    try {
      Room room = room(device);
      if (room.queued >= limits.full / 2) {
        room.waiting.add(resume);
        return;
      }
    } finally {
      lock.unlock();
    }
    resume.run();
  }

  private Room room(long device) {
    long now = traffic.now();
    return pace.wanted(device, now, 0) > now ? early : onTime;
  }

  /** Waits until nothing is queued or on its way; false if that took too long. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    lock.lock();
    try {
      stopping = true;
      more.signal();
      long left = nanos;
      while (running || !queue.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = idle.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    guarded(
        () -> {
          while (carry()) {
            // Until there is nothing left.
          }
        });
  }

  /** Carries one batch; false when the lane has been idle for a while. */
  private boolean carry() {
    try {
      List<T> batch = take();
      if (batch.isEmpty()) {
        return false;
      }
      carrier.accept(batch);
    } catch (RuntimeException | Error e) {
      // The lane must outlive whatever one batch does to it: its queue has no other way out.
      AdapterLog.LANE_FAULT.sayOccasionally(e, e);
    }
    return true;
  }

  @Override
  public void release() {
    // Servers call it after every run as well, so it says nothing: the stop ends the waiting.
  }

  /** The next batch; empty when the thread is to be given back. */
  private List<T> take() {
    List<T> batch = new ArrayList<>();
    List<Runnable> resumed = new ArrayList<>();
    lock.lock();
    try {
      long now = traffic.now();
      if (turn) {
        turn = false;
        traffic.turnTook(now, now - movedAt);
      }
      movedAt = now;
      if (!awaitWork()) {
        running = false;
        lastItems = 0;
        idle.signalAll();
        return batch;
      }
      if (lastItems > 1 && !turn) {
        awaitCompany();
      }
      fill(batch);
      resumed.addAll(onTime.resumed(limits.full));
      resumed.addAll(early.resumed(limits.full));
    } finally {
      lock.unlock();
    }
    resumed.forEach(Runnable::run);
    return batch;
  }

  /** Waits until something may be taken; false after a while with nothing at all. */
  private boolean awaitWork() {
    long linger = LINGER_NANOS;
    while (!mayTake()) {
      if (!queue.isEmpty()) {
        long now = traffic.now();
        await(1, false, Math.max(1, Math.min(queue.peek().wanted() - now, traffic.turnIn(now))));
        linger = LINGER_NANOS;
      } else if (linger > 0 && !stopping) {
        linger = await(1, true, linger);
      } else {
        return false;
      }
    }
    return true;
  }

  private boolean mayTake() {
    if (queue.isEmpty()) {
      return false;
    }
    long now = traffic.now();
    if (queue.peek().wanted() > now && !takesAll(now)) {
      turn = traffic.takeTurn(now);
      return turn;
    }
    return true;
  }

  /** Whether a batch may be full of what came early. */
  private boolean takesAll(long now) {
    return stopping || traffic.quiet(now);
  }

  /** Waits for as much as the last batch had, and while more keeps coming. */
  private void awaitCompany() {
    boolean all = takesAll(traffic.now());
    int again = Math.min(lastWeight, limits.batch);
    long left = limits.waitNanos;
    while (company(all) < again && left > 0 && !stopping) {
      left = await(again, all, left);
    }
    int before = -1;
    while (company(all) > before && company(all) < limits.batch && left > 0 && !stopping) {
      before = company(all);
      left -= GAP_NANOS;
      await(limits.batch, all, GAP_NANOS);
    }
  }

  /** Weight of what the work waits for. */
  private int company(boolean all) {
    return all ? onTime.queued + early.queued : onTime.queued;
  }

  private void fill(List<T> batch) {
    long now = traffic.now();
    boolean all = takesAll(now);
    int taken = 0;
    int share = 0;
    lastItems = 0;
    lastWeight = 0;
    Entry<T> next = queue.peek();
    while (next != null && fits(taken, next, limits.batch)) {
      if (next.wanted() > now && !all) {
        if (!fits(share, next, SHARE)) {
          break;
        }
        share += next.weight();
      }
      queue.poll();
      batch.add(next.item());
      taken += next.weight();
      (next.early() ? early : onTime).queued -= next.weight();
      if (all || !next.early()) {
        lastItems++;
        lastWeight += next.weight();
      }
      next = queue.peek();
    }
    movedAt = now;
  }

  /** An item that is heavier than all that may be taken goes alone. */
  private boolean fits(int taken, Entry<T> next, int most) {
    return taken == 0 || taken + next.weight() <= most;
  }

  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private long await(int weight, boolean all, long nanos) {
    enough = weight;
    earlyToo = all;
    try {
      return more.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      enough = BUSY;
    }
  }
}
