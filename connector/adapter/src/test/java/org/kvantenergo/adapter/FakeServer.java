package org.kvantenergo.adapter;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Collections;
import java.util.Queue;
import java.util.Timer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's side of the connector contract: work threads, timers, transactions. */
public final class FakeServer implements BootstrapContext, WorkManager, AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final FakeTransactions transactions = new FakeTransactions();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger works = new AtomicInteger();
  private final Semaphore ended = new Semaphore(0);
  private final Queue<Timer> timers = new ConcurrentLinkedQueue<>();
  private final Queue<Error> broken = new ConcurrentLinkedQueue<>();

  /** The next so many works find no thread. */
  public void refuse(int count) {
    refusals.set(count);
  }

  /** The next so many works are answered with this. */
  public void breakNext(int count, Error error) {
    broken.addAll(Collections.nCopies(count, error));
  }

  /** No timer takes anything more, as after an Error in one of them. */
  public void endTimers() {
    timers.forEach(Timer::cancel);
  }

  /** How many works were taken. */
  public int works() {
    return works.get();
  }

  /** Waits until a work, one more than last time, has ended and was released. */
  public void awaitEnd() throws InterruptedException {
    ended.acquire();
  }

  /** The transactions of this server. */
  public FakeTransactions transactions() {
    return transactions;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  @Override
  public WorkManager getWorkManager() {
    return this;
  }

  @Override
  public Timer createTimer() {
    Timer timer = new Timer(true);
    timers.add(timer);
    return timer;
  }

  @Override
  public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
    return transactions;
  }

  @Override
  public void scheduleWork(Work work, long timeout, ExecutionContext context, WorkListener listener)
      throws WorkRejectedException {
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new WorkRejectedException("all threads are busy");
    }
    Error error = broken.poll();
    if (error != null) {
      throw error;
    }
    works.incrementAndGet();
    threads.execute(
        () -> {
          work.run();
          work.release(); // as IronJacamar does
          ended.release();
        });
  }

  @Override
  public void scheduleWork(Work work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void doWork(Work work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void doWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long startWork(Work work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long startWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public XATerminator getXATerminator() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isContextSupported(Class<? extends WorkContext> type) {
    return false;
  }
}
