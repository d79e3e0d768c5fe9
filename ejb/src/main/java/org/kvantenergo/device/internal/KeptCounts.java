package org.kvantenergo.device.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.FleetCounts;
import org.kvantenergo.shared.Scope;

/**
 * Hundreds of people who watch the same devices are answered by one count: who asks while it is
 * under way waits for it, and who asks shortly afterwards gets it as it was, with its moment.
 */
final class KeptCounts {

  private static final int MOST = 500;

  private final long keepNanos;
  private final Map<Asked, Kept> kept = new LinkedHashMap<>();

  private record Asked(Scope scope, DeviceFilter filter) {}

  private record Kept(long since, CompletableFuture<FleetCounts> counts) {}

  /**
   * Keeps none for longer.
   *
   * @param keep from the moment when it is asked for
   */
  KeptCounts(Duration keep) {
    keepNanos = keep.toNanos();
  }

  FleetCounts of(Scope scope, DeviceFilter filter, Supplier<FleetCounts> count) {
    CompletableFuture<FleetCounts> own = new CompletableFuture<>();
    CompletableFuture<FleetCounts> shared = join(new Asked(scope, filter), own);
    if (shared == own) {
      try {
        own.complete(count.get());
      } catch (RuntimeException e) {
        own.completeExceptionally(e);
        throw e;
      }
    }
    try {
      return shared.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private synchronized CompletableFuture<FleetCounts> join(
      Asked asked, CompletableFuture<FleetCounts> own) {
    long now = System.nanoTime();
    Kept before = kept.get(asked);
    boolean fresh = before != null && now - before.since < keepNanos;
    if (fresh && !before.counts.isCompletedExceptionally()) {
      return before.counts;
    }
    kept.remove(asked);
    kept.put(asked, new Kept(now, own));
    if (kept.size() > MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
    return own;
  }
}
