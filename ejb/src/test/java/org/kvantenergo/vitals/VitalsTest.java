package org.kvantenergo.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.kvantenergo.health.Finding;

class VitalsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicReference<Finding> answer =
      new AtomicReference<>(Finding.well("answers and takes writes"));
  private final AtomicReference<LocalDate> madeUntil = new AtomicReference<>();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final Vitals vitals =
      new Vitals(
          new DatabaseLook() {
            @Override
            Finding look() {
              return answer.get();
            }

            @Override
            Optional<LocalDate> madeUntil() {
              return Optional.ofNullable(madeUntil.get());
            }
          },
          Clock.fixed(NOW, ZoneOffset.UTC),
          registry);

  @Test
  void nextMonthMustBeThere() {
    madeUntil.set(LocalDate.parse("2027-01-01"));
    assertThat(vitals.partitions()).isEqualTo(Finding.well("the archive is made until 2027-01-01"));
    madeUntil.set(LocalDate.parse("2026-12-01"));
    assertThat(vitals.partitions())
        .isEqualTo(Finding.ill("the archive is made until 2026-12-01, next month is missing"));
  }

  @Test
  void monthsDoNotGoAwayWithTheDatabase() {
    answer.set(Finding.ill("connection refused"));
    assertThat(vitals.partitions())
        .isEqualTo(Finding.ill("not known yet, the database does not answer"));
    madeUntil.set(LocalDate.parse("2027-01-01"));
    assertThat(vitals.partitions().well()).isTrue();
    assertThat(vitals.database()).isEqualTo(Finding.ill("connection refused"));
  }

  @Test
  void thePortIsWhatTheAdapterSays() {
    assertThat(vitals.port()).isEqualTo(Finding.ill("the module port is shut"));
    AtomicReference<Double> open = new AtomicReference<>(0.0);
    Gauge.builder("kvant.port.open", open::get).tag("port", "plain").register(registry);
    assertThat(vitals.port().well()).isFalse();
    open.set(1.0);
    assertThat(vitals.port()).isEqualTo(Finding.well("modules are taken"));
  }

  @Test
  void aNodeUnderAnOldMasterKeyIsNotReady() {
    assertThat(vitals.masterKey()).isEqualTo(Finding.well("it is the database's"));
    AtomicReference<Double> current = new AtomicReference<>(1.0);
    Gauge.builder("kvant.master.key.current", current::get).register(registry);
    assertThat(vitals.masterKey().well()).isTrue();
    current.set(0.0);
    assertThat(vitals.masterKey().well()).isFalse();
  }

  @Test
  void aLaneThatStandsStillIsDeadUnlessItWaitsForTheDatabase() {
    AtomicReference<Double> unmoved = new AtomicReference<>(60.0);
    lane("0", new AtomicReference<>(0.0));
    lane("1", unmoved);
    assertThat(vitals.lanes()).isEqualTo(Finding.well("lanes move"));
    unmoved.set(61.0);
    assertThat(vitals.lanes()).isEqualTo(Finding.ill("lane 1 has not finished a batch for 61 s"));
    answer.set(Finding.ill("connection refused"));
    assertThat(vitals.lanes())
        .isEqualTo(
            Finding.well("lane 1 has not finished a batch for 61 s, the database does not answer"));
  }

  private void lane(String name, AtomicReference<Double> unmoved) {
    Gauge.builder("kvant.lane.unmoved.seconds", unmoved::get).tag("lane", name).register(registry);
  }
}
