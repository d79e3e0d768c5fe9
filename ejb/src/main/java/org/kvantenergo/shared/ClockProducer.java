package org.kvantenergo.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The one place that knows the real time; everything else is given a {@link Clock}. */
@ApplicationScoped
public class ClockProducer {

  /** The system's clock, in UTC. */
  @Produces
  public Clock clock() {
    return Clock.systemUTC();
  }
}
