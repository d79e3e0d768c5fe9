package org.kvantenergo.adapter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long DEVICE = 642_000_017L;

  private final Pace pace = new Pace(17, GOLDEN);

  @Test
  void aReportIsWantedAtOnce() {
    for (int i = 0; i < 32; i++) {
      assertThat(pace.wanted(DEVICE, 7, 1)).isEqualTo(7);
    }
    assertThat(pace.wanted(DEVICE, 7, 1)).isEqualTo(7 + 100 * MILLI);
    assertThat(pace.wanted(DEVICE, 7, 1)).isEqualTo(7 + 200 * MILLI);
  }

  @Test
  void anArchiveIsWantedLaterAfterEightFullFrames() {
    for (int i = 0; i < 8; i++) {
      assertThat(pace.wanted(DEVICE, 0, 64)).isZero();
    }
    assertThat(pace.wanted(DEVICE, 0, 64)).isEqualTo(400 * MILLI);
    assertThat(pace.wanted(DEVICE, 0, 16)).isEqualTo(500 * MILLI);
    assertThat(pace.wanted(DEVICE, 0, 17)).isEqualTo(700 * MILLI);
  }

  @Test
  void tenFramesASecondGoOnForEver() {
    for (int i = 0; i < 10_000; i++) {
      long now = i * 100L * MILLI;
      assertThat(pace.wanted(DEVICE, now, 1)).isEqualTo(now);
    }
  }

  @Test
  void theDebtIsBoundedAndARestForgivesIt() {
    for (int i = 0; i < 1000; i++) {
      pace.wanted(DEVICE, 0, 64);
    }
    assertThat(pace.wanted(DEVICE, 0, 64)).isEqualTo(10 * SECOND);
    assertThat(pace.wanted(DEVICE, SECOND, 1)).isEqualTo(10 * SECOND + 100 * MILLI);
    assertThat(pace.wanted(DEVICE, 12 * SECOND, 1)).isEqualTo(12 * SECOND);
    aReportIsWantedAtOnceAt(30 * SECOND);
  }

  private void aReportIsWantedAtOnceAt(long now) {
    for (int i = 0; i < 32; i++) {
      assertThat(pace.wanted(DEVICE, now, 1)).isEqualTo(now);
    }
    assertThat(pace.wanted(DEVICE, now, 1)).isEqualTo(now + 100 * MILLI);
  }

  @Test
  void whatCostsNothingIsWantedBehindWhatWasSentBefore() {
    assertThat(pace.wanted(DEVICE, 0, 0)).isZero();
    for (int i = 0; i < 33; i++) {
      pace.wanted(DEVICE, 0, 1);
    }
    assertThat(pace.wanted(DEVICE, 0, 0)).isEqualTo(100 * MILLI);
    assertThat(pace.wanted(DEVICE, 0, 0)).isEqualTo(100 * MILLI);
    assertThat(pace.wanted(DEVICE + 1, 0, 0)).as("another device").isZero();
  }

  @Test
  void aLaterFrameIsNeverWantedBeforeAnEarlierOne() {
    Random random = new Random(5642);
    long now = 0;
    long before = 0;
    for (int i = 0; i < 100_000; i++) {
      now += random.nextInt(10) == 0 ? random.nextLong(SECOND) : random.nextLong(MILLI);
      long wanted = pace.wanted(DEVICE, now, random.nextInt(65));
      assertThat(wanted).isBetween(Math.max(now, before), now + 10 * SECOND);
      before = wanted;
    }
  }

  @Test
  void whoIsWhoDependsOnASecret() {
    Pace narrow = new Pace(1, GOLDEN);
    Pace other = new Pace(1, 0xD1B54A32D192ED03L);
    long[] shared = {0, 0};
    for (long device = 1; device <= 60; device++) {
      for (int i = 0; i < 33; i++) {
        narrow.wanted(0, 0, 1);
        other.wanted(0, 0, 1);
      }
      shared[0] = shared[0] * 2 + (narrow.wanted(device, 0, 0) > 0 ? 1 : 0);
      shared[1] = shared[1] * 2 + (other.wanted(device, 0, 0) > 0 ? 1 : 0);
    }
    assertThat(shared[0]).isNotEqualTo(shared[1]);
  }
}
