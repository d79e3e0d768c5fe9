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
 * <p>Items of those who send much ({@code bulk}) wait apart: while others are heard of, a lane
 * takes a few of them now and then, and the others' batches stay small and quick. Items that nobody
 * waits for ({@code patient}) travel with the next batch, and make one of their own only when none
 * comes for a while: a batch costs as much as some ten of them.
 *
 * @param <T> what is queued
 */
final class Lane<T> implements Work {

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int BULK_SHARE = 64;
  private static final int BULK_ROUNDS = 8;

  private final Limits limits;
  private final Traffic traffic;
  private final ToIntFunction<T> weight;
  private final Consumer<List<T>> carrier;
  private final Workers workers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<T> prompt = new ArrayDeque<>();
  private final ArrayDeque<T> patient = new ArrayDeque<>();
  private final BulkQueue<T> bulk = new BulkQueue<>();
  private final Room promptRoom = new Room();
  private final Room bulkRoom = new Room();
  private long patientSince;
  private boolean bulkTurn;
  private int lastItems;
  private int lastWeight;
  private boolean running;
  private long movedAt;
  private boolean stopping;

  /**
   * How a lane batches and when it is full.
   *
   * @param batch most weight in a batch, 1 or more; an item that is heavier goes alone
   * @param waitNanos longest wait for a batch to fill under load
   * @param full weight from which on the lane asks its feeders to pause; they go on at half of it
   */
  record Limits(int batch, long waitNanos, int full) {}

  /** What waits, by weight, and who waits for less of it. */
  private static final class Room {
    private final List<Runnable> waiting = new ArrayList<>();
    private int queued;

    List<Runnable> resumed(int full) {
      if (queued >= full / 2 || waiting.isEmpty()) {
        return List.of();
      }
      List<Runnable> resumed = List.copyOf(waiting);
      waiting.clear();
      return resumed;
    }
  }

  Lane(
      Limits limits,
      Traffic traffic,
      ToIntFunction<T> weight,
      Consumer<List<T>> carrier,
      Workers workers) {
    this.limits = limits;
    this.traffic = traffic;
    this.weight = weight;
    this.carrier = carrier;
    this.workers = workers;
  }

  /** Queues an item; never blocks and never refuses: feeders ask {@link #full} before the next. */
  void add(T item) {
    traffic.prompt();
    lock.lock();
    try {
      prompt.add(item);
      promptRoom.queued += weight.applyAsInt(item);
      if (runs()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    workers.start(this);
  }

  /** Queues an item that nobody waits for. */
  void addPatient(T item) {
    lock.lock();
    try {
      if (patient.isEmpty()) {
        patientSince = System.nanoTime();
      }
      patient.add(item);
      if (runs()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    workers.start(this);
  }

  /** Queues an item of somebody who sends much. */
  void addBulk(BulkQueue.Owner owner, T item) {
    lock.lock();
    try {
      bulk.add(owner, item);
      bulkRoom.queued += weight.applyAsInt(item);
      if (runs()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    workers.start(this);
  }

  /** Tells the work of something new; whether there is one. From here on there is. */
  private boolean runs() {
    changed.signalAll();
    boolean before = running;
    if (!before) {
      movedAt = System.nanoTime();
    }
    running = true;
    return before;
  }

  /** Weight that waits, not counting the batch on its way. */
  int queued() {
    lock.lock();
    try {
      return promptRoom.queued + patient.size() + bulkRoom.queued;
    } finally {
      lock.unlock();
    }
  }

  /** For how long it has had work without finishing a batch, ns; 0 = it has none. */
  long unmovedNanos() {
    lock.lock();
    try {
      return running ? System.nanoTime() - movedAt : 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether feeders should pause. */
  boolean full(boolean bulk) {
    lock.lock();
    try {
      return room(bulk).queued >= limits.full;
    } finally {
      lock.unlock();
    }
  }

  /** Runs once, when there is room again; at once if there is. */
  void whenRoom(boolean bulk, Runnable resume) {
    lock.lock();
    try {
      if (room(bulk).queued >= limits.full / 2) {
        room(bulk).waiting.add(resume);
        return;
      }
    } finally {
      lock.unlock();
    }
    resume.run();
  }

  private Room room(boolean bulk) {
    return bulk ? bulkRoom : promptRoom;
  }

  /** Waits until nothing is queued or on its way; false if that took too long. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
      long left = nanos;
      while (running || !prompt.isEmpty() || !patient.isEmpty() || !bulk.isEmpty()) {
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
    // Servers call it after every run as well, so it says nothing: the stop ends the waiting.
  }

  /** The next batch; empty when the lane has been idle for a while and gives its thread back. */
  private List<T> take() {
    List<T> batch = new ArrayList<>();
    List<Runnable> resumed = new ArrayList<>();
    lock.lock();
    try {
      movedAt = System.nanoTime();
      if (!awaitWork()) {
        running = false;
        lastItems = 0;
        changed.signalAll();
        return batch;
      }
      if (lastItems > 1) {
        awaitCompany(Math.min(lastWeight, limits.batch), limits.waitNanos);
      }
      fill(batch);
      resumed.addAll(promptRoom.resumed(limits.full));
      resumed.addAll(bulkRoom.resumed(limits.full));
    } finally {
      lock.unlock();
    }
    resumed.forEach(Runnable::run);
    return batch;
  }

  /** Waits until something may be taken; false after a while with nothing at all. */
  private boolean awaitWork() {
    long idle = LINGER_NANOS;
    while (prompt.isEmpty()) {
      if (patient.isEmpty() && bulk.isEmpty()) {
        if (idle <= 0 || stopping) {
          return false;
        }
        idle = await(idle);
      } else {
        long due = Math.min(patientDue(), bulkDue());
        if (due <= 0) {
          return true;
        }
        await(due);
        idle = LINGER_NANOS;
      }
    }
    return true;
  }

  /** How long those that nobody waits for still wait for company, ns; 0 or less = not at all. */
  private long patientDue() {
    if (patient.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return stopping ? 0 : patientSince + PATIENCE_NANOS - System.nanoTime();
  }

  /** How long those who send much still wait, ns; 0 = it is this lane's turn now. */
  private long bulkDue() {
    if (bulk.isEmpty()) {
      return Long.MAX_VALUE;
    }
    bulkTurn = takeBulkTurn();
    return bulkTurn ? 0 : Math.max(1, traffic.bulkTurn());
  }

  /** Whether this lane may take some of those who send much: the lanes do so in turn. */
  private boolean takeBulkTurn() {
    return stopping || traffic.takeBulkTurn();
  }

  private void fill(List<T> batch) {
    int taken = fillFrom(prompt, batch, 0);
    promptRoom.queued -= taken;
    boolean nobody = batch.isEmpty() && (stopping || traffic.quiet());
    // Only behind everything prompt: a device may have earlier frames there.
    if (prompt.isEmpty()) {
      taken += fillFrom(patient, batch, taken);
      if (!bulk.isEmpty() && (bulkTurn || takeBulkTurn())) {
        int most = nobody ? limits.batch : Math.min(limits.batch, taken + BULK_SHARE);
        // With nobody else about, one device may have more than a frame in a batch.
        int before = -1;
        for (int round = 0; round < (nobody ? BULK_ROUNDS : 1) && before != taken; round++) {
          before = taken;
          taken += fillBulk(batch, taken, most);
        }
      }
    }
    bulkTurn = false;
    lastItems = batch.size();
    lastWeight = taken;
  }

  private int fillFrom(ArrayDeque<T> queue, List<T> batch, int before) {
    int taken = before;
    while (!queue.isEmpty() && fits(taken, queue.peek(), limits.batch)) {
      T item = queue.poll();
      taken += weight.applyAsInt(item);
      batch.add(item);
    }
    return taken - before;
  }

  private int fillBulk(List<T> batch, int before, int most) {
    int[] taken = {before};
    bulk.drain(
        item -> {
          if (!fits(taken[0], item, most)) {
            return false;
          }
          taken[0] += weight.applyAsInt(item);
          batch.add(item);
          return true;
        });
    bulkRoom.queued -= taken[0] - before;
    return taken[0] - before;
  }

  /** An item that is heavier than a whole batch goes alone. */
  private boolean fits(int taken, T item, int most) {
    return taken == 0 || taken + weight.applyAsInt(item) <= most;
  }

  private void awaitCompany(int enough, long nanos) {
    long left = nanos;
    while (promptRoom.queued + bulkRoom.queued < enough && left > 0 && !stopping) {
      left = await(left);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private long await(long nanos) {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
