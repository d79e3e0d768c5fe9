package org.kvantenergo.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Every check under its name (docs/operations.md, "Health"). */
@ApplicationScoped
public class HealthChecks {

  private static final Finding NOT_STARTED =
      Finding.ill("the start is under way or has failed: see the log");

  private static volatile NodeHealth node;

  /**
   * Says who answers from now on.
   *
   * @param answering null = nobody, the node has not started or stops
   */
  public static void answeredBy(NodeHealth answering) {
    node = answering;
  }

  @Produces
  @Startup
  HealthCheck start() {
    return check("kvant-start", NOT_STARTED, health -> Finding.well("the start is over"));
  }

  @Produces
  @Readiness
  HealthCheck database() {
    return check("kvant-database", NOT_STARTED, NodeHealth::database);
  }

  @Produces
  @Readiness
  HealthCheck partitions() {
    return check("kvant-partitions", NOT_STARTED, NodeHealth::partitions);
  }

  @Produces
  @Readiness
  HealthCheck port() {
    return check("kvant-module-port", NOT_STARTED, NodeHealth::port);
  }

  @Produces
  @Readiness
  HealthCheck masterKey() {
    return check("kvant-master-key", NOT_STARTED, NodeHealth::masterKey);
  }

  /** A start that takes its time is no reason for another one. */
  @Produces
  @Liveness
  HealthCheck lanes() {
    return check("kvant-lanes", Finding.well("no lanes before the start"), NodeHealth::lanes);
  }

  private static HealthCheck check(
      String name, Finding before, Function<NodeHealth, Finding> question) {
    return () -> {
      NodeHealth answering = node;
      Finding finding = answering == null ? before : question.apply(answering);
      return HealthCheckResponse.named(name)
          .status(finding.well())
          .withData("reason", finding.words())
          .build();
    };
  }
}
