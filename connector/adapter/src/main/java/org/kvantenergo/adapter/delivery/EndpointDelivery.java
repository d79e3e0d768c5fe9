package org.kvantenergo.adapter.delivery;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Method;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.kvantenergo.wire.PacketListener;

/**
 * Calls the bean in a transaction of its own and learns how the transaction ended. It has committed
 * only if all three say so: a call that returns may have been rolled back, afterDelivery hides a
 * failed commit on some servers, and on others the transaction's own synchronization calls an end
 * that nobody knows a commit (docs/adr/0011). One call at a time; others wait for it.
 */
public final class EndpointDelivery implements AutoCloseable {

  private final MessageEndpointFactory factory;
  private final TransactionSynchronizationRegistry registry;
  private final LongConsumer commits;
  private final ReentrantLock use = new ReentrantLock();
  private MessageEndpoint endpoint;
  private volatile boolean closed;

  /** Endpoints come from the factory when they are first needed, and again after a failure. */
  public EndpointDelivery(
      MessageEndpointFactory factory, TransactionSynchronizationRegistry registry) {
    this(factory, registry, nanos -> {});
  }

  /**
   * As above.
   *
   * @param commits is told how long each commit took, ns
   */
  EndpointDelivery(
      MessageEndpointFactory factory,
      TransactionSynchronizationRegistry registry,
      LongConsumer commits) {
    this.factory = factory;
    this.registry = registry;
    this.commits = commits;
  }

  /**
   * One call, one transaction.
   *
   * @param method of {@link PacketListener} that the call invokes
   * @param call what to do with the bean
   */
  public <R> Outcome<R> call(Method method, Function<PacketListener, R> call) {
    use.lock();
    try {
      if (closed) {
        return new Outcome.Failed<>(new IllegalStateException("the adapter has stopped"));
      }
      Outcome<R> outcome = attempt(method, call);
      if (outcome instanceof Outcome.Failed<R>) {
        release();
      }
      return outcome;
    } finally {
      use.unlock();
      if (closed) {
        close();
      }
    }
  }

  private <R> Outcome<R> attempt(Method method, Function<PacketListener, R> call) {
    Completion completion = new Completion();
    try {
      if (endpoint == null) {
        endpoint = factory.createEndpoint(null);
      }
      endpoint.beforeDelivery(method);
    } catch (ResourceException | NoSuchMethodException | RuntimeException e) {
      return new Outcome.Failed<>(e);
    }
    R result = null;
    Throwable failure = null;
    try {
      registry.registerInterposedSynchronization(completion);
      result = call.apply((PacketListener) endpoint);
    } catch (Throwable e) { // whatever it is, afterDelivery must follow
      failure = e;
    }
    long returned = System.nanoTime();
    try {
      endpoint.afterDelivery();
    } catch (ResourceException | RuntimeException e) {
      failure = failure == null ? e : failure;
    }
    if (failure == null && completion.status == Status.STATUS_COMMITTED) {
      commits.accept(System.nanoTime() - returned);
      return new Outcome.Committed<>(result);
    }
    return new Outcome.Failed<>(
        failure == null
            ? new IllegalStateException("transaction ended with status " + completion.status)
            : failure);
  }

  /** Gives the endpoint back, now or at the end of the call that uses it; later calls fail. */
  @Override
  public void close() {
    closed = true;
    if (use.tryLock()) {
      try {
        release();
      } finally {
        use.unlock();
      }
    }
  }

  private void release() {
    if (endpoint != null) {
      try {
        endpoint.release();
      } catch (RuntimeException e) {
        // A broken endpoint may refuse its release; there is nothing left to give back.
      }
      endpoint = null;
    }
  }

  /** Called by the transaction manager on the thread of the call, before afterDelivery returns. */
  private static final class Completion implements Synchronization {

    private int status = Status.STATUS_UNKNOWN;

    @Override
    public void beforeCompletion() {
      // Only the end matters.
    }

    @Override
    public void afterCompletion(int ended) {
      status = ended;
    }
  }
}
