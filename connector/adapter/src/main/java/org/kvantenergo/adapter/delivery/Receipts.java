package org.kvantenergo.adapter.delivery;

import jakarta.resource.spi.work.Work;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.adapter.AdapterLog;
import org.kvantenergo.wire.AckReceipt;

/**
 * Carries the times of ACKs to the bean, a few times a second and many at once: it must cost the
 * batches nothing, and nobody waits for it.
 */
final class Receipts implements Work {

  private static final long GATHER_MILLIS = 500;
  private static final int MOST = 1000;

  private final EndpointDelivery endpoint;
  private final Method method;
  private final Workers workers;
  private List<AckReceipt> gathered = new ArrayList<>();
  private boolean due;

  Receipts(EndpointDelivery endpoint, Method method, Workers workers) {
    this.endpoint = endpoint;
    this.method = method;
    this.workers = workers;
  }

  synchronized void add(AckReceipt receipt) {
    gathered.add(receipt);
    if (!due) {
      due = true;
      workers.later(this, GATHER_MILLIS);
    }
  }

  /** Carries away what has been gathered. */
  @Override
  public void run() {
    List<AckReceipt> all;
    synchronized (this) {
      due = false;
      all = gathered;
      gathered = new ArrayList<>();
    }
    for (int from = 0; from < all.size(); from += MOST) {
      List<AckReceipt> some = List.copyOf(all.subList(from, Math.min(from + MOST, all.size())));
      Outcome<Boolean> outcome =
          endpoint.call(
              method,
              bean -> {
                bean.acknowledged(some);
                return true;
              });
      if (outcome instanceof Outcome.Failed<Boolean> failed) {
        AdapterLog.ACKS_NOT_NOTED.sayOccasionally(
            failed.cause(), some.size(), Dispatcher.root(failed.cause()));
      }
    }
  }

  @Override
  public void release() {
    // What is left at the stop is carried by the stop itself.
  }
}
