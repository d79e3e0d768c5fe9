package org.kvantenergo.adapter.delivery;

import io.micrometer.core.instrument.Counter;
import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.kvantenergo.adapter.AdapterLog;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.PacketListener;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.packet.HelloAck;

/**
 * All ways from sessions into the bean: one lane for admissions and a few for what is stored. A
 * device always goes to the same lane, so that its packets commit in order. Safe for any thread.
 */
public final class Dispatcher {

  private static final double NANOS_A_SECOND = 1e9;

  /** HELLOs that may wait: an hour's burst may, what gathers while storage hangs may not. */
  private static final int MOST_APPLICANTS = 50_000;

  /** What nobody waits for waits so long for company: a batch costs as much as some ten of them. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * For 131,072 accounts in 1 MB a lane: some hundred who flood share few with those who report.
   */
  private static final int ACCOUNT_BITS = 17;

  private static final Method READY = method("ready");
  private static final Method ADMIT = method("admit", List.class);
  private static final Method DELIVER = method("deliver", PacketBatch.class);
  private static final Method ACKNOWLEDGED = method("acknowledged", List.class);
  private static final Method TAKEN_OVER = method("takenOver", String.class);

  private final List<Lane<Parcel>> lanes = new ArrayList<>();
  private final List<EndpointDelivery> endpoints = new ArrayList<>();
  private final Lane<Applicant> admissions;
  private final EndpointDelivery readiness;
  private final EndpointDelivery takeOvers;
  private final Receipts receipts;
  private final Settings settings;
  private final Clock clock;
  private final AdapterMeters meters;

  private record Applicant(
      SessionRequest request, BooleanSupplier gone, Consumer<Outcome<Admission>> receiver) {}

  /**
   * How to batch.
   *
   * @param node name of this server
   * @param lanes how many batches may be stored side by side, 1 or more
   * @param batch most records in a batch, 1 or more
   * @param waitMillis longest wait for a batch to fill under load
   */
  public record Settings(String node, int lanes, int batch, int waitMillis) {}

  /** Makes the lanes; none of them uses a thread or an endpoint yet. */
  public Dispatcher(
      Settings settings,
      MessageEndpointFactory factory,
      TransactionSynchronizationRegistry registry,
      Workers workers,
      Clock clock,
      AdapterMeters meters) {
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
    long wait = TimeUnit.MILLISECONDS.toNanos(settings.waitMillis);
    Traffic traffic = new Traffic();
    long secret = new SecureRandom().nextLong();
    Lane.Limits limits = new Lane.Limits(settings.batch, wait, 8 * settings.batch);
    for (int i = 0; i < settings.lanes; i++) {
      EndpointDelivery endpoint = kept(new EndpointDelivery(factory, registry, this::committed));
      Busy<Parcel> busy = new Busy<>(batch -> store(endpoint, batch));
      Lane<Parcel> lane =
          new Lane<>(limits, traffic, new Pace(ACCOUNT_BITS, secret), busy, workers);
      busy.watch(Integer.toString(i), lane);
      lanes.add(lane);
    }
    EndpointDelivery endpoint = endpoint(factory, registry);
    // A HELLO is nobody's flood yet, and must not hold back those who are in.
    Busy<Applicant> busy = new Busy<>(batch -> admit(endpoint, batch));
    Lane.Limits waiting = new Lane.Limits(settings.batch, wait, MOST_APPLICANTS);
    admissions = new Lane<>(waiting, new Traffic(), new Pace(1, secret), busy, workers);
    busy.watch("admission", admissions);
    readiness = endpoint(factory, registry);
    takeOvers = endpoint(factory, registry);
    receipts = new Receipts(endpoint(factory, registry), ACKNOWLEDGED, workers);
  }

  /** Whether the endpoints of a factory store in a transaction, as every promise here needs. */
  public static boolean transacted(MessageEndpointFactory factory) throws NotSupportedException {
    try {
      return factory.isDeliveryTransacted(DELIVER);
    } catch (NoSuchMethodException e) {
      throw new NotSupportedException("the bean is no PacketListener", e);
    }
  }

  /** Whether the application is ready to take packets; false if it cannot be asked. */
  public boolean ready() {
    Outcome<Boolean> outcome = readiness.call(READY, PacketListener::ready);
    if (outcome instanceof Outcome.Failed<Boolean> failed) {
      AdapterLog.NOT_ASKED.sayOccasionally(failed.cause(), root(failed.cause()));
    }
    return outcome instanceof Outcome.Committed<Boolean> committed && committed.result();
  }

  /**
   * Asks for an admission; the receiver is told on a work thread, or at once if too many wait.
   *
   * @param gone whether the peer has left meanwhile: then nobody is asked; any thread
   */
  public void admit(
      SessionRequest request, BooleanSupplier gone, Consumer<Outcome<Admission>> receiver) {
    if (admissions.full(0)) {
      receiver.accept(new Outcome.Failed<>(new IllegalStateException("too many HELLOs wait")));
    } else {
      admissions.addFree(new Applicant(request, gone, receiver), 0, 0);
    }
  }

  /**
   * Stores; the receiver is told on a work thread, after the commit.
   *
   * @param seq u16 of the frame
   */
  public void store(Delivery delivery, int seq, Consumer<Outcome<Stored>> receiver) {
    Parcel parcel = new Parcel(delivery, seq, receiver);
    long device = device(delivery);
    laneOf(device).add(parcel, device, parcel.weight());
  }

  /** Stores what nobody waits for. */
  public void note(Delivery delivery) {
    long device = device(delivery);
    long patience = delivery instanceof Delivery.OfEnd ? PATIENCE_NANOS : 0;
    laneOf(device).addFree(new Parcel(delivery, -1, outcome -> {}), device, patience);
  }

  /** Ids of this node's sessions that lost their device to another node; empty if unknown. */
  public List<Long> takenOver() {
    Outcome<List<Long>> outcome =
        takeOvers.call(TAKEN_OVER, bean -> bean.takenOver(settings.node()));
    return outcome instanceof Outcome.Committed<List<Long>> committed
        ? committed.result()
        : List.of();
  }

  /** What a delivery adds to a batch: its records, at least 1. */
  public static int weight(Delivery delivery) {
    return delivery instanceof Delivery.OfReadings readings
        ? readings.packet().records().size()
        : 1;
  }

  /**
   * The device that a delivery is about: it decides on the lane and whose pace it counts for.
   *
   * @return its serial; negative for who only claims to be it
   */
  public static long device(Delivery delivery) {
    long block =
        delivery instanceof Delivery.Frame frame
            ? frame.block()
            : delivery instanceof Delivery.OfCommandSent sent ? sent.block() : 0;
    Session session = delivery.session();
    long serial = block == 0 ? session.request().hello().serial() : block;
    return session.admission().result() == HelloAck.Result.ACCEPTED ? serial : -serial;
  }

  /** Whether the lane asks who feeds it for a {@link #device} to pause. */
  public boolean full(long device) {
    return laneOf(device).full(device);
  }

  /** Runs once, on any thread, when the lane has room again for a {@link #device}. */
  public void whenRoom(long device, Runnable resume) {
    laneOf(device).whenRoom(device, resume);
  }

  /**
   * Waits until everything queued has been answered, then gives the endpoints back.
   *
   * @return whether everything was answered in time; what was not fails
   */
  public boolean stop(long timeoutMillis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    boolean idle = admissions.awaitIdle(deadline - System.nanoTime());
    for (Lane<Parcel> lane : lanes) {
      idle &= lane.awaitIdle(deadline - System.nanoTime());
    }
    receipts.run();
    endpoints.forEach(EndpointDelivery::close);
    return idle;
  }

  private EndpointDelivery endpoint(
      MessageEndpointFactory factory, TransactionSynchronizationRegistry registry) {
    return kept(new EndpointDelivery(factory, registry));
  }

  private EndpointDelivery kept(EndpointDelivery endpoint) {
    endpoints.add(endpoint);
    return endpoint;
  }

  private void committed(long nanos) {
    meters.commits().record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Carries a lane's batches and counts the time that this takes. */
  private final class Busy<T> implements Consumer<List<T>> {

    private final Consumer<List<T>> carrier;
    private Counter seconds;

    Busy(Consumer<List<T>> carrier) {
      this.carrier = carrier;
    }

    /** Before the lane gets its first item. */
    void watch(String name, Lane<T> lane) {
      seconds =
          meters.lane(name, lane::queued, () -> Duration.ofNanos(lane.unmovedNanos()).toSeconds());
    }

    @Override
    public void accept(List<T> batch) {
      long began = System.nanoTime();
      try {
        carrier.accept(batch);
      } finally {
        seconds.increment((System.nanoTime() - began) / NANOS_A_SECOND);
      }
    }
  }

  private Lane<Parcel> laneOf(long device) {
    long spread = Math.abs(device) * 0x9E3779B97F4A7C15L;
    return lanes.get((int) Long.remainderUnsigned(spread, lanes.size()));
  }

  private void admit(EndpointDelivery endpoint, List<Applicant> all) {
    List<Applicant> batch = new ArrayList<>(all.size());
    for (Applicant applicant : all) {
      if (applicant.gone.getAsBoolean()) {
        tell(applicant.receiver, new Outcome.Failed<>(new IllegalStateException("gone")));
      } else {
        batch.add(applicant);
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    List<SessionRequest> requests = batch.stream().map(Applicant::request).toList();
    long began = System.nanoTime();
    Outcome<List<Admission>> outcome =
        complete(endpoint.call(ADMIT, bean -> bean.admit(requests)), batch.size());
    meters.admissions().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    if (outcome instanceof Outcome.Failed<List<Admission>> failed) {
      AdapterLog.NOT_ADMITTED.sayOccasionally(failed.cause(), batch.size(), root(failed.cause()));
    }
    for (int i = 0; i < batch.size(); i++) {
      tell(batch.get(i).receiver, part(outcome, i));
    }
  }

  private void store(EndpointDelivery endpoint, List<Parcel> batch) {
    PacketBatch packets = new PacketBatch(batch.stream().map(Parcel::delivery).toList());
    long began = System.nanoTime();
    Outcome<BatchReply> outcome = endpoint.call(DELIVER, bean -> bean.deliver(packets));
    long took = System.nanoTime() - began;
    if (outcome instanceof Outcome.Committed<BatchReply> committed
        && committed.result().replies().size() != batch.size()) {
      outcome = new Outcome.Failed<>(odd(committed.result().replies().size(), batch.size()));
    }
    int weight = batch.stream().mapToInt(Parcel::weight).sum();
    meters.batch(outcome instanceof Outcome.Committed, took, weight);
    if (outcome instanceof Outcome.Committed<BatchReply> committed) {
      tellStored(batch, committed.result());
      return;
    }
    Throwable cause = ((Outcome.Failed<BatchReply>) outcome).cause();
    AdapterLog.NOT_STORED.sayOccasionally(cause, batch.size(), root(cause));
    batch.forEach(parcel -> tell(parcel.receiver(), new Outcome.Failed<>(cause)));
  }

  private void tellStored(List<Parcel> batch, BatchReply stored) {
    BatchAcks acks =
        stored.batchId() == 0
            ? null
            : new BatchAcks(stored.batchId(), settings.node, clock, batch, receipts::add);
    for (int i = 0; i < batch.size(); i++) {
      Stored one = new Stored(stored.replies().get(i), acks, i);
      if (batch.get(i).delivery() instanceof Delivery.OfReadings readings) {
        meters.records(one.reply().kind(), readings.packet().records().size());
      }
      tell(batch.get(i).receiver(), new Outcome.Committed<>(one));
    }
  }

  /** An answer for each of the batch or none: an ACK must not go to the wrong frame. */
  private static <R> Outcome<List<R>> complete(Outcome<List<R>> outcome, int expected) {
    if (outcome instanceof Outcome.Committed<List<R>> committed
        && committed.result().size() != expected) {
      return new Outcome.Failed<>(odd(committed.result().size(), expected));
    }
    return outcome;
  }

  private static IllegalStateException odd(int given, int expected) {
    return new IllegalStateException("the bean gave %d answers to %d".formatted(given, expected));
  }

  /** One receiver's fault must not keep the others from hearing theirs. */
  private static <R> void tell(Consumer<Outcome<R>> receiver, Outcome<R> outcome) {
    try {
      receiver.accept(outcome);
    } catch (RuntimeException | Error e) {
      AdapterLog.LANE_FAULT.sayOccasionally(e, e);
    }
  }

  private static <R> Outcome<R> part(Outcome<List<R>> outcome, int i) {
    if (outcome instanceof Outcome.Committed<List<R>> committed) {
      return new Outcome.Committed<>(committed.result().get(i));
    }
    return new Outcome.Failed<>(((Outcome.Failed<List<R>>) outcome).cause());
  }

  /** The innermost cause, first line only: what a log line has room for. */
  public static String root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause).lines().findFirst().orElse("");
  }

  private static Method method(String name, Class<?>... parameters) {
    try {
      return PacketListener.class.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw new LinkageError("PacketListener has no " + name, e);
    }
  }
}
