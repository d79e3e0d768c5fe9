package org.kvantenergo.adapter;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.PacketListener;
import org.kvantenergo.wire.RehearsalListener;
import org.kvantenergo.wire.SessionRequest;

/** Endpoints that behave as those of WildFly and Payara do when a bean or a commit fails. */
public final class FakeEndpoints implements MessageEndpointFactory {

  /** What befalls a call; the rows of the table in docs/adr/0011. */
  public enum Fate {
    /** The bean returns, the commit succeeds. */
    COMMITTED,
    /** The bean throws a runtime exception. */
    RUNTIME_EXCEPTION,
    /** The bean calls setRollbackOnly and returns. */
    ROLLBACK_ONLY,
    /** The bean throws a checked exception: that commits. */
    CHECKED_EXCEPTION,
    /** The commit fails and afterDelivery says so (WildFly). */
    COMMIT_FAILS,
    /** The commit fails and afterDelivery keeps silent (Payara). */
    COMMIT_FAILS_SILENTLY,
    /**
     * The connection is lost while the commit is on its way: afterDelivery says so, and the
     * transaction says "committed" (WildFly).
     */
    COMMIT_UNKNOWN,
    /** The application is not there yet. */
    UNAVAILABLE,
    /** beforeDelivery throws. */
    NOT_BEGUN,
    /** The call has no transaction. */
    NOT_TRANSACTED
  }

  private final FakeTransactions transactions;
  private final PacketListener bean;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Fate fate = Fate.COMMITTED;

  /** Endpoints in front of a bean. */
  public FakeEndpoints(FakeTransactions transactions, PacketListener bean) {
    this.transactions = transactions;
    this.bean = bean;
  }

  /** Every call from now on ends so. */
  public void fate(Fate next) {
    fate = next;
  }

  /** Waits until an endpoint has been given back. */
  public void awaitReleased() throws InterruptedException {
    if (!released.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("no endpoint was given back");
    }
  }

  /** What the adapter called, in order. */
  public List<String> calls() {
    return calls;
  }

  @Override
  public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
    if (fate == Fate.UNAVAILABLE) {
      throw new UnavailableException("still starting");
    }
    calls.add("create");
    return new Endpoint();
  }

  @Override
  public MessageEndpoint createEndpoint(XAResource resource, long timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isDeliveryTransacted(Method method) {
    return fate != Fate.NOT_TRANSACTED;
  }

  @Override
  public String getActivationName() {
    return "fake";
  }

  @Override
  public Class<?> getEndpointClass() {
    return bean.getClass();
  }

  @SuppressWarnings("unchecked") // the checked exception that no signature announces
  private static <X extends Exception> void sneak(Exception e) throws X {
    throw (X) e;
  }

  private final class Endpoint implements MessageEndpoint, RehearsalListener {

    @Override
    public void beforeDelivery(Method method) throws ResourceException {
      calls.add("before " + method.getName());
      if (fate == Fate.NOT_BEGUN) {
        throw new ResourceException("no transaction to be had");
      }
      if (fate != Fate.NOT_TRANSACTED) {
        transactions.begin();
      }
    }

    @Override
    public void afterDelivery() throws ResourceException {
      calls.add("after");
      if (fate == Fate.NOT_TRANSACTED) {
        return;
      }
      boolean commits =
          fate != Fate.RUNTIME_EXCEPTION
              && fate != Fate.COMMIT_FAILS
              && fate != Fate.COMMIT_FAILS_SILENTLY;
      transactions.end(commits);
      if (fate == Fate.COMMIT_FAILS || fate == Fate.COMMIT_UNKNOWN) {
        throw new ResourceException("commit failed");
      }
    }

    @Override
    public void release() {
      calls.add("release");
      released.countDown();
    }

    @Override
    public boolean ready() {
      return call(bean::ready);
    }

    @Override
    public List<Admission> admit(List<SessionRequest> requests) {
      return call(() -> bean.admit(requests));
    }

    @Override
    public BatchReply deliver(PacketBatch batch) {
      return call(() -> bean.deliver(batch));
    }

    @Override
    public void acknowledged(List<AckReceipt> receipts) {
      Boolean done =
          call(
              () -> {
                bean.acknowledged(receipts);
                return true;
              });
      assert done;
    }

    @Override
    public List<Long> takenOver(String node) {
      return call(() -> bean.takenOver(node));
    }

    @Override
    public void prepare(int modules) {
      done(() -> ((RehearsalListener) bean).prepare(modules));
    }

    @Override
    public void finish() {
      done(((RehearsalListener) bean)::finish);
    }

    private void done(Runnable called) {
      boolean done =
          call(
              () -> {
                called.run();
                return true;
              });
      assert done;
    }

    private <R> R call(Supplier<R> called) {
      R result = called.get();
      calls.add("call");
      if (fate == Fate.RUNTIME_EXCEPTION) {
        throw new IllegalStateException("bean failed");
      }
      if (fate == Fate.CHECKED_EXCEPTION) {
        FakeEndpoints.<RuntimeException>sneak(new Exception("bean failed"));
      }
      if (fate == Fate.ROLLBACK_ONLY) {
        transactions.setRollbackOnly();
      }
      return result;
    }
  }
}
