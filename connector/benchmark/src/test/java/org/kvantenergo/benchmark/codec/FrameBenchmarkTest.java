package org.kvantenergo.benchmark.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameBenchmarkTest {

  @ParameterizedTest
  @EnumSource
  void whatIsMeasuredIsTheWholeWay(FrameKind frame) throws Exception {
    FrameBenchmark benchmark = new FrameBenchmark();
    benchmark.prepare(frame);
    assertThat(benchmark.decode()).isEqualTo(frame.packet());
    assertThat(benchmark.decode()).isEqualTo(frame.packet());
    assertThat(benchmark.encode()).isEqualTo(frame.encoded(FrameKind.key()));
  }

  @Test
  void theFramesAreThoseOfTheProtocol() {
    assertThat(Arrays.stream(FrameKind.values()).map(f -> f + " " + f.length()))
        .containsExactly(
            "HELLO 50",
            "INFO 59",
            "READINGS_1 66",
            "READINGS_64 3468",
            "ACK 13",
            "TAGGED_READINGS_1 74",
            "TAGGED_ACK 21");
  }
}
