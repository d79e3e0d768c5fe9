package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.packet.Reading;

class ValuesTest {

  private static final Instant MIDNIGHT_IN_MOSCOW = Instant.parse("2026-11-20T21:00:00Z");

  @TempDir Path folder;

  @Test
  void aHouseholdUsesItsDayInADayAndMostInTheMorningAndEvening() {
    Household household = new Household(0.4);
    Instant midnight = MIDNIGHT_IN_MOSCOW;
    assertThat(household.volume(midnight, midnight.plus(Duration.ofDays(1))))
        .isCloseTo(0.4, within(1e-9));
    assertThat(hour(household, 7)).isCloseTo(0.4 * 0.090, within(1e-9));
    assertThat(hour(household, 19)).isCloseTo(0.4 * 0.090, within(1e-9));
    assertThat(hour(household, 2)).isCloseTo(0.4 * 0.004, within(1e-9));
  }

  private static double hour(Household household, int hour) {
    Instant from = MIDNIGHT_IN_MOSCOW.plus(Duration.ofHours(hour));
    return household.volume(from, from.plus(Duration.ofHours(1)));
  }

  @Test
  void aMeterGoesOnWhereAnEarlierRunEnded() {
    Instant noon = MIDNIGHT_IN_MOSCOW.plus(Duration.ofHours(12));
    Instant next = noon.plus(Duration.ofHours(1));
    VirtualMeter first = new VirtualMeter(7);
    Reading before = slice(first, noon);
    Reading after = slice(first, next);
    assertThat(slice(new VirtualMeter(7), next)).isEqualTo(after);
    assertThat(after.recordNumber()).isEqualTo(before.recordNumber() + 1);
    assertThat(after.reading()).isGreaterThan(before.reading());
    assertThat(after.resource()).isGreaterThan(before.resource());
  }

  @Test
  void valuesHaveTheDecimalsOfRealOnes() {
    Reading record = slice(new VirtualMeter(7), MIDNIGHT_IN_MOSCOW);
    assertThat(Float.toString(record.resource())).matches("\\d+\\.\\d{1,4}");
    assertThat(Double.toString(record.reading())).matches("\\d+\\.\\d{1,7}");
    assertThat(Decimals.round(16.0317034999, 6)).isEqualTo(16.031703);
  }

  @Test
  void aBatteryFallsOverTheMonths() {
    VirtualMeter meter = new VirtualMeter(7);
    Reading now = slice(meter, MIDNIGHT_IN_MOSCOW);
    Reading later = slice(meter, MIDNIGHT_IN_MOSCOW.plus(Duration.ofDays(365)));
    assertThat(now.battery() - later.battery()).isGreaterThan(0.02f);
  }

  private static Reading slice(VirtualMeter meter, Instant time) {
    return meter.read(time, time.getEpochSecond(), time, Duration.ofHours(1), VirtualMeter.SLICE);
  }

  @Test
  void aTornLastLineOfAJournalIsLeftOut() throws IOException {
    Path file = folder.resolve("journal");
    Files.writeString(file, "1 2 3 4 00112233445566aa 0\n1 2 3");
    assertThat(Journal.read(file))
        .containsExactly(new Journal.Entry(1, 2, 3, 4, "00112233445566aa", 0));
    Files.writeString(file, "1 2 3\n");
    assertThatThrownBy(() -> Journal.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage("not a journal's line: 1 2 3");
  }

  @Test
  void theDigestIsThatOfTheBytes() {
    Reading record = new Reading(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    // Python: sha256(bytes.fromhex("010000000200000003000000" + 42 * "00")).hexdigest()[:16]
    assertThat(Journal.digest(record)).isEqualTo("0dd549553f3428f3");
  }

  @Test
  void liveStateComesBack() throws IOException {
    ModuleIdentity five = new ModuleIdentity(5, 6, 642, 261, "");
    Path file = folder.resolve("state");
    Reading record = RecordedModule.all().get(0).records().get(3);
    assertThat(new LiveState(file).newest(five)).isNull();
    new LiveState(file).keep(five, record);
    assertThat(new LiveState(file).newest(five)).isEqualTo(record);
    Files.writeString(file, "5=zz\n");
    assertThatThrownBy(() -> new LiveState(file).newest(five))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("the record of 5 is damaged");
  }

  @Test
  void waitsAreThoseOfTheProtocol() {
    Waits waits = new Waits(Duration.ofDays(1));
    Ending busy = new Ending(Ending.Kind.BUSY, 90, "");
    for (int i = 0; i < 100; i++) {
      assertThat(waits.millis(busy, 1)).isBetween(90_000L, 91_000L);
      assertThat(waits.millis(Ending.of(Ending.Kind.STORAGE_AWAY), 1)).isBetween(30_000L, 300_000L);
      assertThat(waits.millis(Ending.of(Ending.Kind.UNREACHABLE), 1)).isBetween(500L, 1_000L);
      assertThat(waits.millis(Ending.of(Ending.Kind.UNREACHABLE), 50)).isBetween(32_000L, 64_000L);
    }
    assertThat(new Waits(Duration.ofMillis(5)).millis(busy, 1)).isEqualTo(5);
  }

  @Test
  void manyConnectionsToLoopbackComeFromManyAddresses() {
    Target local = Target.of("127.0.0.1", 5642);
    assertThat(local.spreadFor(20_000)).isEqualTo(local);
    assertThat(local.spreadFor(100_000).sources())
        .extracting(address -> address.getHostAddress())
        .containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6");
    assertThatThrownBy(() -> Target.range("127.0.0.9", "127.0.0.2"))
        .hasMessage("not a range: 127.0.0.9-127.0.0.2");
    assertThatThrownBy(() -> Target.range("127.0.0.256", "127.0.0.2"))
        .hasMessage("not an IPv4 address: 127.0.0.256");
  }
}
