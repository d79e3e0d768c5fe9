package org.kvantenergo.vitals;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import org.kvantenergo.health.Finding;
import org.kvantenergo.health.HealthChecks;
import org.kvantenergo.health.NodeHealth;
import org.kvantenergo.shared.Started;

/** What the checks find, from the start of the node to its stop. Any thread. */
@ApplicationScoped
public class Vitals implements NodeHealth {

  /** Gauges of the adapter, which the beans cannot import. */
  private static final String PORT_OPEN = "kvant.port.open";

  private static final String KEY_CURRENT = "kvant.master.key.current";
  private static final String LANE_UNMOVED = "kvant.lane.unmoved.seconds";

  /** Longer than any batch may take: the driver and the transaction give up before. */
  private static final double LONGEST_BATCH_SECONDS = 60;

  private final DatabaseLook database;
  private final Clock clock;
  private final MeterRegistry registry;

  @Inject
  public Vitals(DatabaseLook database, Clock clock) {
    this(database, clock, Metrics.globalRegistry);
  }

  /** For the proxies of CDI. */
  protected Vitals() {
    this(null, null);
  }

  Vitals(DatabaseLook database, Clock clock, MeterRegistry registry) {
    this.database = database;
    this.clock = clock;
    this.registry = registry;
  }

  /** Answers from now on: the start sequence is through. */
  void begin(@Observes Started event) {
    HealthChecks.answeredBy(this);
  }

  /** Answers no more. */
  @PreDestroy
  void end() {
    HealthChecks.answeredBy(null);
  }

  @Override
  public Finding database() {
    return database.look();
  }

  /**
   * While the database does not answer, what it said last counts: months do not go away, and that
   * it does not answer is said by its own check.
   */
  @Override
  public Finding partitions() {
    Optional<LocalDate> until = database.madeUntil();
    if (until.isEmpty()) {
      database.look();
      until = database.madeUntil();
    }
    if (until.isEmpty()) {
      return Finding.ill("not known yet, the database does not answer");
    }
    LocalDate needed =
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).withDayOfMonth(1).plusMonths(2);
    return until.get().isBefore(needed)
        ? Finding.ill("the archive is made until " + until.get() + ", next month is missing")
        : Finding.well("the archive is made until " + until.get());
  }

  @Override
  public Finding port() {
    Gauge open = registry.find(PORT_OPEN).tag("port", "plain").gauge();
    return open != null && open.value() == 1
        ? Finding.well("modules are taken")
        : Finding.ill("the module port is shut");
  }

  /** Modules that need no sealing would still be served, but another node serves all of them. */
  @Override
  public Finding masterKey() {
    Gauge current = registry.find(KEY_CURRENT).gauge();
    return current != null && current.value() == 0
        ? Finding.ill(
            "the master key was changed while this node went on: start it with the new one")
        : Finding.well("it is the database's");
  }

  /** A lane that waits for the database is not dead: a restart would not help it. */
  @Override
  public Finding lanes() {
    Optional<Gauge> slowest =
        registry.find(LANE_UNMOVED).gauges().stream()
            .filter(lane -> lane.value() > LONGEST_BATCH_SECONDS)
            .max(Comparator.comparingDouble(Gauge::value));
    if (slowest.isEmpty()) {
      return Finding.well("lanes move");
    }
    String words =
        "lane %s has not finished a batch for %.0f s"
            .formatted(slowest.get().getId().getTag("lane"), slowest.get().value());
    return database.look().well()
        ? Finding.ill(words)
        : Finding.well(words + ", the database does not answer");
  }
}
