package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.kvantenergo.wire.packet.Reading;

class FleetHistoryTest {

  private static final Instant NOON = Instant.parse("2026-10-31T12:00:00Z");

  @Test
  void aModuleThatReportsAfterwardsGoesOnFromIt() {
    ModuleIdentity module = ModuleIdentity.ofFleet(17);
    Reading past = new FleetHistory(module).slice(NOON);
    Instant next = NOON.plus(Duration.ofHours(1));
    Reading live =
        new VirtualMeter(module.name())
            .read(next, next.getEpochSecond(), next, Duration.ofHours(1), VirtualMeter.SLICE);
    assertThat(past.meterTime()).isEqualTo(NOON.getEpochSecond());
    assertThat(live.recordNumber()).isEqualTo(past.recordNumber() + 1);
    assertThat(live.reading()).isBetween(past.reading(), past.reading() + 0.1);
    assertThat(live.status()).isEqualTo(past.status()).isEqualTo(4097);
  }

  @Test
  void everyModuleKeepsToItsSlotFromTheFirstHourOn() {
    assertThat(
            IntStream.rangeClosed(1, 500)
                .mapToObj(i -> new FleetHistory(ModuleIdentity.ofFleet(i)))
                .flatMapToLong(
                    history -> {
                      Reading first = history.slice(FleetHistory.BEGIN);
                      Reading later = history.slice(NOON);
                      assertThat(first.recordNumber()).isNotNegative();
                      assertThat(first.reading()).isNotNegative().isLessThan(later.reading());
                      return LongStream.of(
                          first.moduleTime() - FleetHistory.BEGIN.getEpochSecond(),
                          later.moduleTime() - NOON.getEpochSecond());
                    }))
        .hasSize(1000)
        .allMatch(seconds -> seconds >= 25 && seconds < 64);
  }
}
