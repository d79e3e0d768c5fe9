package org.kvantenergo.adapter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kvantenergo.adapter.fuzz.Fuzzer.Finding;
import org.kvantenergo.adapter.net.ProtocolServer;

/**
 * The server against the oracle, with a new seed every time; and the fuzzer against servers that
 * are wrong, with seeds that never change. {@code Fuzzer.search} with the seed of a finding finds
 * it again.
 */
class SessionFuzzTest {

  private static final int TRIES = 3_000;
  private static final int TRIES_FOR_A_FAULT = 10_000;
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int SEEDS = Boolean.getBoolean("kvant.full") ? 5 : 1;

  private final Fuzzer fuzzer = new Fuzzer(ProtocolServer::new);

  @Test
  void theServerDoesWhatTheProtocolSays() {
    assertThat(fuzzer.search(new Random().nextLong(), tried -> tried < TRIES)).isEmpty();
  }

  @Test
  @EnabledIfSystemProperty(named = "kvant.full", matches = "true")
  void theServerDoesWhatTheProtocolSaysForTenMinutes(TestReporter reporter) {
    long end = System.nanoTime() + LONG.toNanos();
    int[] played = new int[1];
    IntPredicate inTime =
        tried -> {
          played[0] = tried;
          return System.nanoTime() - end < 0;
        };
    assertThat(fuzzer.search(new Random().nextLong(), inTime)).isEmpty();
    reporter.publishEntry("scripts played", String.valueOf(played[0]));
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedFaultIsFound(PlantedFault fault) throws Exception {
    Fuzzer faulty = new Fuzzer(FaultyServer.with(fault));
    assertThat(LongStream.rangeClosed(1, SEEDS))
        .allSatisfy(
            seed ->
                assertThat(faulty.glance(seed, tried -> tried < TRIES_FOR_A_FAULT)).isPresent());
  }

  @Test
  void aFindingIsSmallAndSaysWhatHappened() throws Exception {
    Fuzzer faulty = new Fuzzer(FaultyServer.with(PlantedFault.ACK_BEFORE_STORAGE));
    Finding finding = faulty.search(1, tried -> tried < TRIES_FOR_A_FAULT).orElseThrow();
    assertThat(finding.script())
        .hasToString(
            """
            a session from seq 1, storage answers all at the end
              say HELLO kind 0 imei 860000000000017 serial 17
              admit: ACCEPTED
              say READINGS of 1, content 0""");
    String record = "ff".repeat(54);
    assertThat(finding.transcript())
        .endsWith(
            """
                stores 02 of 0: 01%s
              but the server
                sends ACK to 2: 4b56050082020002000000085d
                stores 02 of 0: 01%s
            """
                .formatted(record, record));
  }
}
