package org.kvantenergo.adapter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.RehearsalListener;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Reading;

/** The application as the adapter sees it: admits everybody, remembers what it stored. */
public final class FakeBean implements RehearsalListener {

  private final AtomicLong sessionIds = new AtomicLong();
  private final AtomicLong batchIds = new AtomicLong();
  private final BlockingQueue<AckReceipt> receipts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> takenOver = new LinkedBlockingQueue<>();
  private final AtomicInteger notReady = new AtomicInteger();
  private final Set<String> stored = new HashSet<>();
  private final BlockingQueue<List<Delivery>> batches = new LinkedBlockingQueue<>();
  private final BlockingQueue<Delivery.OfEnd> ends = new LinkedBlockingQueue<>();
  private volatile HelloAck.Result result = HelloAck.Result.ACCEPTED;
  private volatile CountDownLatch admissionGate = new CountDownLatch(0);
  private volatile CountDownLatch deliveryGate = new CountDownLatch(0);
  private volatile CountDownLatch readyGate = new CountDownLatch(0);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final List<String> rehearsals = new CopyOnWriteArrayList<>();
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

  /** The next batch that holds frames, without what else it held; waited for. */
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
  public BatchReply deliver(PacketBatch batch) {
    List<Delivery> promised =
        batch.deliveries().stream().filter(Delivery.Frame.class::isInstance).toList();
    if (!promised.isEmpty()) {
      batches.add(promised);
      pass(deliveryGate);
    }
    List<Reply> replies = new ArrayList<>();
    synchronized (stored) {
      batch.deliveries().forEach(delivery -> replies.add(reply(delivery)));
    }
    return new BatchReply(
        batchIds.incrementAndGet(), replies.subList(0, replies.size() - answersTooFew));
  }

  @Override
  public void acknowledged(List<AckReceipt> all) {
    receipts.addAll(all);
  }

  @Override
  public List<Long> takenOver(String node) {
    List<Long> ids = new ArrayList<>();
    takenOver.drainTo(ids);
    return ids;
  }

  @Override
  public void prepare(int modules) {
    rehearsals.add("prepared for " + modules);
  }

  @Override
  public void finish() {
    rehearsals.add("finished");
  }

  /** What was asked of it for rehearsals, in order. */
  public List<String> rehearsals() {
    return rehearsals;
  }

  /** The next times of ACKs, waited for. */
  public AckReceipt nextReceipt() throws InterruptedException {
    return taken(receipts);
  }

  /** The next question of the adapter is answered: this session was taken over. */
  public void takeOver(long sessionId) {
    takenOver.add(sessionId);
  }

  private Reply reply(Delivery delivery) {
    Reply.Kind kind = storedBefore(delivery) ? Reply.Kind.STORED_BEFORE : Reply.Kind.STORED;
    return new Reply(kind, 0, List.of());
  }

  private Admission admission(SessionRequest request) {
    HelloAck.Result result = request.full() ? HelloAck.Result.BUSY : this.result;
    int retryAfter = result == HelloAck.Result.BUSY ? 45 : 0;
    return new Admission(
        result,
        result.open() ? sessionIds.incrementAndGet() : 0,
        request.hello().serial(),
        retryAfter,
        null);
  }

  private boolean storedBefore(Delivery delivery) {
    if (delivery instanceof Delivery.OfReadings readings) {
      long serial = delivery.session().request().hello().serial();
      boolean before = true;
      for (Reading record : readings.packet().records()) {
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
