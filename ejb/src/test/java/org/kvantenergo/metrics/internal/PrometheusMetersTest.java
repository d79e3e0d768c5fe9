package org.kvantenergo.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PrometheusMetersTest {

  private final PrometheusMeters meters = new PrometheusMeters();

  @Test
  void whatIsCountedAnywhereIsShownAndTheEndLeavesNothing() {
    meters.begin();
    Counter counter =
        Counter.builder("kvant.test").description("Of this test").register(Metrics.globalRegistry);
    Timer timer =
        Timer.builder("kvant.took")
            .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofSeconds(1))
            .register(Metrics.globalRegistry);
    try {
      counter.increment(2);
      timer.record(Duration.ofMillis(5));
      assertThat(meters.text())
          .contains(
              """
              # HELP kvant_test_total Of this test
              # TYPE kvant_test_total counter
              kvant_test_total 2.0
              """)
          .contains("kvant_took_seconds_bucket{le=\"0.001\"} 0\n")
          .contains("kvant_took_seconds_bucket{le=\"1.0\"} 1\n")
          .contains("kvant_took_seconds_count 1\n")
          .contains("jvm_memory_used_bytes{area=\"heap\"")
          .contains("jvm_threads_live_threads ")
          .contains("process_files_open_files ")
          .contains("process_uptime_seconds ");
    } finally {
      meters.end();
      Metrics.globalRegistry.remove(counter);
      Metrics.globalRegistry.remove(timer);
    }
    assertThat(Metrics.globalRegistry.getRegistries()).isEmpty();
  }
}
