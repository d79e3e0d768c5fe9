package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.kvantenergo.device.FleetFigures;
import org.kvantenergo.device.FleetStatistics;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.Scope;

/**
 * Has the fleet read at most once in a few seconds for each scope. Whoever asks meanwhile gets what
 * was read last; only who comes first of all waits.
 */
@ApplicationScoped
public class SqlFleetStatistics implements FleetStatistics {

  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int READING_SHARE = 10;

  private final Map<Scope, Entry> entries = new ConcurrentHashMap<>();
  private final FleetReader reader;
  private final Clock clock;

  /** With what reads, and the time. */
  @Inject
  public SqlFleetStatistics(FleetReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected SqlFleetStatistics() {
    this(null, null);
  }

  /** What was read for a scope. */
  private final class Entry {
    private final ReentrantLock reading = new ReentrantLock();
    private volatile FleetCube cube;
    private volatile Instant until = Instant.MIN;

    FleetCube cube(Scope scope) {
      FleetCube last = cube;
      if (last != null && (clock.instant().isBefore(until) || !reading.tryLock())) {
        return last;
      }
      if (last == null) {
        reading.lock();
      }
      try {
        Instant now = clock.instant();
        if (cube == null || !now.isBefore(until)) {
          cube = reader.read(scope, now);
          Duration took = Duration.between(now, clock.instant()).multipliedBy(READING_SHARE);
          until = now.plus(took.compareTo(FRESH) > 0 ? took : FRESH);
        }
        return cube;
      } finally {
        reading.unlock();
      }
    }

    boolean stale(Instant now) {
      return cube != null && until.isBefore(now.minus(KEPT));
    }
  }

  @Override
  public FleetFigures figures(Scope scope, Optional<GroupId> group) {
    Entry entry = entries.get(scope);
    if (entry == null) {
      Instant now = clock.instant();
      entries.values().removeIf(old -> old.stale(now));
      entry = entries.computeIfAbsent(scope, s -> new Entry());
    }
    return entry.cube(scope).figures(group.orElse(null));
  }
}
