package org.kvantenergo.adapter.delivery;

import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kvantenergo.adapter.AdapterLog;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.PacketListener;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.SessionRequest;

/**
 * All ways from sessions into the bean: one lane for admissions and a few for what is stored. A
 * device always goes to the same lane, so that its packets commit in order. Safe for any thread.
 */
public final class Dispatcher {

  private static final Method READY = method("ready");
  private static final Method ADMIT = method("admit", List.class);
  private static final Method DELIVER = method("deliver", PacketBatch.class);

  private final List<Lane<Parcel>> lanes = new ArrayList<>();
  private final List<EndpointDelivery> endpoints = new ArrayList<>();
  private final Lane<Applicant> admissions;
  private final EndpointDelivery readiness;

  private record Applicant(SessionRequest request, Consumer<Outcome<Admission>> receiver) {}

  /**
   * How to batch.
   *
   * @param lanes how many batches may be stored side by side, 1 or more
   * @param batch most records in a batch, 1 or more
   * @param waitMillis longest wait for a batch to fill under load
   */
  public record Settings(int lanes, int batch, int waitMillis) {}

  /** Makes the lanes; none of them uses a thread or an endpoint yet. */
  public Dispatcher(
      Settings settings,
      MessageEndpointFactory factory,
      TransactionSynchronizationRegistry registry,
      Workers workers) {
    long wait = TimeUnit.MILLISECONDS.toNanos(settings.waitMillis);
    Lane.Limits limits = new Lane.Limits(settings.batch, wait, 8 * settings.batch);
    for (int i = 0; i < settings.lanes; i++) {
      EndpointDelivery endpoint = endpoint(factory, registry);
      lanes.add(new Lane<>(limits, Parcel::weight, batch -> store(endpoint, batch), workers));
    }
    EndpointDelivery endpoint = endpoint(factory, registry);
    admissions = new Lane<>(limits, a -> 1, batch -> admit(endpoint, batch), workers);
    readiness = endpoint(factory, registry);
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

  /** Asks for an admission; the receiver is told on a work thread. */
  public void admit(SessionRequest request, Consumer<Outcome<Admission>> receiver) {
    admissions.add(new Applicant(request, receiver));
  }

  /** Stores; the receiver is told on a work thread, after the commit. */
  public void store(Delivery delivery, Consumer<Outcome<Reply>> receiver) {
    laneOf(delivery.session().request().hello().serial()).add(new Parcel(delivery, receiver));
  }

  /** Whether the lane of a device asks its feeders to pause. */
  public boolean full(long serial) {
    return laneOf(serial).full();
  }

  /** Runs once, on any thread, when the lane of a device has room again. */
  public void whenRoom(long serial, Runnable resume) {
    laneOf(serial).whenRoom(resume);
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
    endpoints.forEach(EndpointDelivery::close);
    return idle;
  }

  private EndpointDelivery endpoint(
      MessageEndpointFactory factory, TransactionSynchronizationRegistry registry) {
    EndpointDelivery endpoint = new EndpointDelivery(factory, registry);
    endpoints.add(endpoint);
    return endpoint;
  }

  private Lane<Parcel> laneOf(long serial) {
    return lanes.get((int) Long.remainderUnsigned(serial * 0x9E3779B97F4A7C15L, lanes.size()));
  }

  private static void admit(EndpointDelivery endpoint, List<Applicant> batch) {
    List<SessionRequest> requests = batch.stream().map(Applicant::request).toList();
    Outcome<List<Admission>> outcome =
        complete(endpoint.call(ADMIT, bean -> bean.admit(requests)), batch.size());
    if (outcome instanceof Outcome.Failed<List<Admission>> failed) {
      AdapterLog.NOT_ADMITTED.sayOccasionally(failed.cause(), batch.size(), root(failed.cause()));
    }
    for (int i = 0; i < batch.size(); i++) {
      tell(batch.get(i).receiver, part(outcome, i));
    }
  }

  private static void store(EndpointDelivery endpoint, List<Parcel> batch) {
    PacketBatch packets = new PacketBatch(batch.stream().map(Parcel::delivery).toList());
    Outcome<List<Reply>> outcome =
        complete(endpoint.call(DELIVER, bean -> bean.deliver(packets)), batch.size());
    if (outcome instanceof Outcome.Failed<List<Reply>> failed) {
      AdapterLog.NOT_STORED.sayOccasionally(failed.cause(), batch.size(), root(failed.cause()));
    }
    for (int i = 0; i < batch.size(); i++) {
      tell(batch.get(i).receiver(), part(outcome, i));
    }
  }

  /** An answer for each of the batch or none: an ACK must not go to the wrong frame. */
  private static <R> Outcome<List<R>> complete(Outcome<List<R>> outcome, int expected) {
    if (outcome instanceof Outcome.Committed<List<R>> committed
        && committed.result().size() != expected) {
      return new Outcome.Failed<>(
          new IllegalStateException(
              "the bean gave %d answers to %d".formatted(committed.result().size(), expected)));
    }
    return outcome;
  }

  /** One receiver's fault must not keep the others from hearing theirs. */
  private static <R> void tell(Consumer<Outcome<R>> receiver, Outcome<R> outcome) {
    try {
      receiver.accept(outcome);
    } catch (RuntimeException e) {
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
  private static String root(Throwable failure) {
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
