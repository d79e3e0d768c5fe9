package org.kvantenergo.adapter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.PacketListener;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Reading;

/** The application as the adapter sees it: admits everybody, remembers what it stored. */
public final class FakeBean implements PacketListener {

  private final AtomicLong sessionIds = new AtomicLong();
  private final AtomicInteger notReady = new AtomicInteger();
  private final Set<String> stored = new HashSet<>();
  private final BlockingQueue<List<Delivery>> batches = new LinkedBlockingQueue<>();
  private final BlockingQueue<Delivery.OfEnd> ends = new LinkedBlockingQueue<>();
  private volatile HelloAck.Result result = HelloAck.Result.ACCEPTED;
  private volatile CountDownLatch admissionGate = new CountDownLatch(0);
  private volatile CountDownLatch deliveryGate = new CountDownLatch(0);
  private volatile CountDownLatch readyGate = new CountDownLatch(0);
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile int answersTooFew;

  /** The next so many questions are answered "not ready". */
  public void notReady(int count) {
    notReady.set(count);
  }

  /** The answer whether the application is ready waits for the latch. */
  public void holdReady(CountDownLatch gate) {
    readyGate = gate;
  }

  /** Waits until somebody asks whether the application is ready. */
  public void awaitAsked() {
    pass(asked);
  }

  /** Every HELLO gets this result. */
  public void result(HelloAck.Result next) {
    result = next;
  }

  /** Admissions wait for the latch. */
  public void holdAdmissions(CountDownLatch gate) {
    admissionGate = gate;
  }

  /** Deliveries wait for the latch. */
  public void holdDeliveries(CountDownLatch gate) {
    deliveryGate = gate;
  }

  /** Every list of answers is shorter by so many. */
  public void answersTooFew(int count) {
    answersTooFew = count;
  }

  /** The next batch, waited for. */
  public List<Delivery> nextBatch() throws InterruptedException {
    return taken(batches);
  }

  /** The next end of a session, waited for. */
  public Delivery.OfEnd nextEnd() throws InterruptedException {
    return taken(ends);
  }

  @Override
  public boolean ready() {
    asked.countDown();
    pass(readyGate);
    return notReady.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
  }

  @Override
  public List<Admission> admit(List<SessionRequest> requests) {
    pass(admissionGate);
    return requests.stream().limit(requests.size() - answersTooFew).map(this::admission).toList();
  }

  @Override
  public List<Reply> deliver(PacketBatch batch) {
    batches.add(batch.deliveries());
    pass(deliveryGate);
    List<Reply> replies = new ArrayList<>();
    synchronized (stored) {
      batch.deliveries().forEach(delivery -> replies.add(new Reply(storedBefore(delivery), 0)));
    }
    return replies.subList(0, replies.size() - answersTooFew);
  }

  private Admission admission(SessionRequest request) {
    int retryAfter = result == HelloAck.Result.BUSY ? 45 : 0;
    return new Admission(
        result,
        result.open() ? sessionIds.incrementAndGet() : 0,
        request.hello().serial(),
        retryAfter);
  }

  private boolean storedBefore(Delivery delivery) {
    if (delivery instanceof Delivery.OfReadings readings) {
      long serial = delivery.session().request().hello().serial();
      boolean before = true;
      for (Reading record : readings.readings().records()) {
        before &= !stored.add(serial + "/" + record.recordNumber());
      }
      return before;
    }
    if (delivery instanceof Delivery.OfEnd end) {
      ends.add(end);
    }
    return false;
  }

  private static void pass(CountDownLatch gate) {
    try {
      if (!gate.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the gate was never opened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T taken(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came in 30 s");
    }
    return next;
  }
}
