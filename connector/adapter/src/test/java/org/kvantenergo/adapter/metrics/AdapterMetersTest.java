package org.kvantenergo.adapter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kvantenergo.adapter.metrics.AdapterMeters.Port;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameParse;

class AdapterMetersTest {

  private final MeterRegistry shown = new SimpleMeterRegistry();
  private final CompositeMeterRegistry registry = new CompositeMeterRegistry();

  private static Set<String> names(MeterRegistry registry) {
    return registry.getMeters().stream()
        .map(meter -> meter.getId().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everythingIsThereAtZeroFromTheStart() {
    registry.add(shown);
    try (AdapterMeters meters = new AdapterMeters(registry)) {
      meters.sessions(() -> 7);
      meters.port(Port.PLAIN);
      meters.lane("0", () -> 3, () -> 0);
      assertThat(names(registry))
          .containsExactly(
              "kvant.ack",
              "kvant.admission",
              "kvant.batch",
              "kvant.batch.records",
              "kvant.commit",
              "kvant.connections.refused",
              "kvant.frames",
              "kvant.hello.answers",
              "kvant.lane.busy.seconds",
              "kvant.lane.unmoved.seconds",
              "kvant.lane.waiting",
              "kvant.port.open",
              "kvant.records",
              "kvant.rejects",
              "kvant.sessions.ended",
              "kvant.sessions.open");
      assertThat(shown.get("kvant.sessions.open").gauge().value()).isEqualTo(7);
      assertThat(shown.get("kvant.port.open").tag("port", "plain").gauge().value()).isZero();
      assertThat(shown.get("kvant.rejects").counters()).hasSize(9);
      assertThat(shown.get("kvant.frames").counters()).hasSize(9).allMatch(c -> c.count() == 0);
    }
  }

  @Test
  void theStopLeavesNothingBehindAndTheNextActivationBeginsAnew() {
    registry.add(shown);
    AdapterMeters first = new AdapterMeters(registry);
    first.port(Port.PLAIN);
    first.open(Port.PLAIN, true);
    Counter busy = first.lane("0", () -> 0, () -> 0);
    busy.increment();
    first.close();
    assertThat(registry.getMeters()).isEmpty();
    assertThat(shown.getMeters()).isEmpty();
    try (AdapterMeters second = new AdapterMeters(registry)) {
      second.port(Port.PLAIN);
      assertThat(shown.get("kvant.port.open").gauge().value()).isZero();
      second.open(Port.PLAIN, true);
      assertThat(shown.get("kvant.port.open").gauge().value()).isEqualTo(1);
    }
  }

  @Test
  void whoInventsTypesMakesOneMoreLabelAndNotThousands() {
    registry.add(shown);
    try (AdapterMeters meters = new AdapterMeters(registry)) {
      for (int type = 0; type < 256; type++) {
        Frame frame = new Frame(0, type, 1, new byte[0], new byte[0]);
        meters.frame(FrameKind.of(new FrameParse.Whole(frame)));
      }
      meters.frame(FrameKind.of(new FrameParse.BadCrc(1)));
      meters.frame(FrameKind.of(new FrameParse.Foreign()));
      assertThat(count("hello")).isEqualTo(1);
      assertThat(count("relay")).isEqualTo(1);
      assertThat(count("unknown")).isEqualTo(249);
      assertThat(count("damaged")).isEqualTo(2);
      assertThat(shown.get("kvant.frames").counters()).hasSize(9);
    }
  }

  private double count(String type) {
    return shown.get("kvant.frames").tag("type", type).counter().count();
  }
}
