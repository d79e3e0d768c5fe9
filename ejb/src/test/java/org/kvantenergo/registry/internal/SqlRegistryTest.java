package org.kvantenergo.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.MeterHistory;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.MeterRow;
import org.kvantenergo.registry.RefusedException;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.Resource;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

class SqlRegistryTest {

  private static final OrganisationId OURS = new OrganisationId(1);
  private static final OrganisationId THEIRS = new OrganisationId(2);
  private static final Scope SCOPE = new Scope(OURS, false);
  private static final Caller CALLER =
      new Caller(1, "engineer", "", SCOPE, Set.of(Permission.REGISTER));
  private static final Caller STRANGER =
      new Caller(2, "stranger", "", new Scope(THEIRS, false), Set.of(Permission.REGISTER));
  private static final ZoneId YEKATERINBURG = ZoneId.of("Asia/Yekaterinburg");
  private static final Instant DAWN = Instant.parse("2026-01-01T00:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final SqlRegistry registry = new SqlRegistry(database.dataSource());
  private final SqlAuditTrail trail = new SqlAuditTrail(database.dataSource(), Clock.systemUTC());
  private final SqlRegistryChanges changes = new SqlRegistryChanges(database.dataSource(), trail);
  private SiteId flat;

  @BeforeEach
  void devices() throws Exception {
    database.execute(
        """
        insert into organisation (name) values ('Наша'), ('Чужая');
        insert into device (organisation_id, kind, state, imei, serial, model) values
          (1, 'MODULE', 'REGISTERED', 101, 50, 642), (1, 'MODULE', 'REGISTERED', 102, 51, 642),
          (2, 'MODULE', 'REGISTERED', 103, 52, 642);
        """);
    flat = flat("15");
  }

  @Test
  void aMeterReplacedInTheMiddleOfAMonth() {
    Instant noon = Instant.parse("2026-05-15T07:20:00Z");
    MeterId old = meter("СГВ-15", "1001");
    MeterId fresh = meter("СГВ-15", "1002");
    changes.place(CALLER, old, flat, "кухня", DAWN);
    changes.fit(CALLER, old, new DeviceId(1), DAWN);

    changes.replace(CALLER, old, fresh, noon);

    assertThat(meterOf(1, DAWN.minusNanos(1000))).isEmpty();
    assertThat(meterOf(1, DAWN)).contains(old);
    assertThat(meterOf(1, noon.minusNanos(1000))).contains(old);
    assertThat(meterOf(1, noon)).contains(fresh);
    assertThat(at(flat, noon.minusNanos(1000))).containsExactly(old);
    assertThat(at(flat, noon)).containsExactly(fresh);
    assertThat(registry.find(SCOPE, fresh, noon).orElseThrow().placed().place()).isEqualTo("кухня");
    assertThat(registry.find(SCOPE, old, noon).orElseThrow().placed()).isNull();
    assertThat(registry.history(SCOPE, old).orElseThrow().places())
        .extracting(p -> p.placed().since(), MeterHistory.Place::until)
        .containsExactly(tuple(DAWN, noon));
  }

  @Test
  void aModuleMovedTwiceInADay() {
    MeterId first = meter("СГВ-15", "1001");
    MeterId second = meter("СГВ-15", "1002");
    MeterId third = meter("СГВ-15", "1003");
    Instant eight = Instant.parse("2026-05-15T08:00:00Z");
    Instant twelve = Instant.parse("2026-05-15T12:00:00Z");
    Instant five = Instant.parse("2026-05-15T17:00:00Z");
    changes.fit(CALLER, first, new DeviceId(1), eight);
    changes.fit(CALLER, second, new DeviceId(1), twelve);
    changes.fit(CALLER, third, new DeviceId(1), five);

    assertThat(meterOf(1, eight)).contains(first);
    assertThat(meterOf(1, twelve.minusNanos(1000))).contains(first);
    assertThat(meterOf(1, twelve)).contains(second);
    assertThat(meterOf(1, five.minusNanos(1000))).contains(second);
    assertThat(meterOf(1, five)).contains(third);
    assertThat(meterOf(1, five.plusSeconds(9))).contains(third);
    assertThat(meterOf(1, eight.minusNanos(1000))).isEmpty();
  }

  @Test
  void whatIsEnteredLateLastsUntilWhatIsKnownAlready() {
    MeterId first = meter("СГВ-15", "1001");
    MeterId second = meter("СГВ-15", "1002");
    Instant march = Instant.parse("2026-03-01T00:00:00Z");
    Instant may = Instant.parse("2026-05-01T00:00:00Z");
    changes.fit(CALLER, first, new DeviceId(1), DAWN);
    changes.fit(CALLER, first, new DeviceId(2), may);
    changes.fit(CALLER, second, new DeviceId(1), march);
    changes.fit(CALLER, first, new DeviceId(1), Instant.parse("2026-04-01T00:00:00Z"));

    assertThat(meterOf(1, march.minusNanos(1000))).contains(first);
    assertThat(meterOf(1, march)).contains(second);
    assertThat(meterOf(1, Instant.parse("2026-04-01T00:00:00Z"))).contains(first);
    assertThat(meterOf(1, may)).isEmpty();
    assertThat(meterOf(2, may)).contains(first);
  }

  @Test
  void aMistakeIsCorrectedAtTheSameMoment() throws Exception {
    MeterId meter = meter("СГВ-15", "1001");
    changes.place(CALLER, meter, flat, "", DAWN);
    changes.place(CALLER, meter, flat("16"), "", DAWN);
    assertThat(at(flat, DAWN)).isEmpty();
    assertThat(database.value("select count(*) from meter_place")).isEqualTo("1");
  }

  @Test
  void twoMetersOfAResourceInOnePlaceAreRefused() {
    MeterId first = meter("СГВ-15", "1001");
    MeterId second = meter("СГВ-15", "1002");
    changes.place(CALLER, first, flat, "", DAWN);
    refused(Reason.OVERLAP, () -> changes.place(CALLER, second, flat, "", DAWN.plusSeconds(1)));
    refused(Reason.OVERLAP, () -> changes.place(CALLER, second, flat, "", DAWN.minusSeconds(1)));
    changes.place(CALLER, second, flat, "стояк 2", DAWN);
    MeterId hot =
        changes.add(
            CALLER, OURS, new Meter(null, Resource.HOT_WATER, "СГВ-15", "2", null, null, 0));
    changes.place(CALLER, hot, flat, "", DAWN);
    assertThat(at(flat, DAWN)).containsExactly(first, second);
  }

  @Test
  void theDatabaseItselfRefusesWhatOverlaps() throws Exception {
    MeterId first = meter("СГВ-15", "1001");
    MeterId second = meter("СГВ-15", "1002");
    changes.fit(CALLER, first, new DeviceId(1), DAWN);
    assertThatThrownBy(
            () ->
                database.execute(
                    "insert into meter_device values (%d, 1, '[2026-02-01,2026-02-02)')"
                        .formatted(second.value())))
        .hasMessageContaining("device_on_one_meter");
    assertThatThrownBy(
            () ->
                database.execute(
                    "insert into meter_device values (%d, 2, '[2025-02-01,2025-02-01]')"
                        .formatted(second.value())))
        .hasMessageContaining("meter_device_valid_check");
    database.execute(
        "insert into meter_device values (%d, 1, '[2025-02-01,2026-01-01 00:00+00)')"
            .formatted(second.value()));
  }

  @Test
  void daysAreThoseOfTheSite() {
    MeterId meter = meter("СГВ-15", "1001");
    changes.place(CALLER, meter, flat, "", DAWN);
    changes.settle(CALLER, flat, "40-1", "Иванов", LocalDate.parse("2026-01-10"));
    changes.settle(CALLER, flat, "40-2", "Петров", LocalDate.parse("2026-06-01"));
    changes.settle(CALLER, flat("16"), "40-1", "Иванов", LocalDate.parse("2026-06-01"));
    changes.verify(
        CALLER,
        meter,
        new MeterRow.Verified(LocalDate.parse("2026-06-01"), LocalDate.parse("2032-06-01")));
    Instant midnight = LocalDate.parse("2026-06-01").atStartOfDay(YEKATERINBURG).toInstant();
    assertThat(midnight).isEqualTo("2026-05-31T19:00:00Z");

    MeterRow before = registry.find(SCOPE, meter, midnight.minusNanos(1000)).orElseThrow();
    assertThat(before.accounts())
        .containsExactly(new MeterRow.Held("40-1", "Иванов", LocalDate.parse("2026-01-10")));
    assertThat(before.verified()).isNull();
    MeterRow after = registry.find(SCOPE, meter, midnight).orElseThrow();
    assertThat(after.accounts())
        .containsExactly(new MeterRow.Held("40-2", "Петров", LocalDate.parse("2026-06-01")));
    assertThat(after.verified().dueOn()).isEqualTo("2032-06-01");
    assertThat(after.placed().zone()).isEqualTo(YEKATERINBURG);
  }

  @Test
  void sealsComeAndGo() {
    MeterId meter = meter("СГВ-15", "1001");
    Instant later = DAWN.plusSeconds(3600);
    changes.seal(CALLER, meter, "П-2", DAWN);
    changes.seal(CALLER, meter, "П-1", DAWN);
    changes.unseal(CALLER, meter, "П-2", later);
    assertThat(registry.find(SCOPE, meter, later.minusNanos(1000)).orElseThrow().seals())
        .containsExactly("П-1", "П-2");
    assertThat(registry.find(SCOPE, meter, later).orElseThrow().seals()).containsExactly("П-1");
    refused(Reason.OVERLAP, () -> changes.seal(CALLER, meter, "П-1", later));
  }

  @Test
  void aBuildingsMeterComesBeforeThoseOfItsFlats() {
    SiteId house =
        changes.site(
            CALLER,
            OURS,
            Map.of(
                SiteKind.HOUSE, "5", SiteKind.STREET, "ул. Ленина", SiteKind.SETTLEMENT, "Пермь"),
            YEKATERINBURG);
    MeterId inFlat = meter("СГВ-15", "1001");
    MeterId building = meter("ВСКМ-50", "77");
    changes.place(CALLER, inFlat, flat, "", DAWN);
    changes.place(CALLER, building, house, "", DAWN);
    assertThat(at(house, DAWN)).containsExactly(building, inFlat);
    assertThat(at(flat, DAWN)).containsExactly(inFlat);
  }

  @Test
  void sitesAreFoundAgainAndRenamedWithAllBelow() throws Exception {
    assertThat(flat("15")).isEqualTo(flat);
    assertThat(database.value("select count(*) from site")).isEqualTo("4");
    database.execute("update site set name = 'ул. Мира' where kind = 'STREET'");
    assertThat(database.value("select address from site where kind = 'FLAT'"))
        .isEqualTo("Пермь, ул. Мира, д. 5, кв. 15");
    assertThatThrownBy(
            () ->
                database.execute(
                    "update site set parent_id = %d, parent_rank = 7 where kind = 'HOUSE'"
                        .formatted(flat.value())))
        .hasMessageContaining("site_check");
  }

  @Test
  void whatIsSearchedIsFound() {
    MeterId meter = meter("СГВ-15", "A_1001");
    meter("СГВ-15", "AB1001");
    changes.place(CALLER, meter, flat, "", DAWN);
    changes.fit(CALLER, meter, new DeviceId(1), DAWN);
    changes.settle(CALLER, flat, "40-1", "", LocalDate.parse("2026-01-01"));
    for (String text : List.of("ленина, д. 5", "a_1", "50", "40-")) {
      assertThat(registry.list(SCOPE, text, DAWN, new Slice(0, 10)).rows())
          .as(text)
          .extracting(row -> row.meter().id())
          .containsExactly(meter);
    }
    assertThat(registry.list(SCOPE, "", DAWN, new Slice(0, 1)).total()).isEqualTo(2);
    assertThat(registry.list(SCOPE, "1001", DAWN, new Slice(0, 1)).total()).isZero();
  }

  @Test
  void whatTwoPeopleCorrectAtOnceIsRefused() {
    MeterId id = meter("СГВ-15", "1001");
    Meter read = registry.find(SCOPE, id, DAWN).orElseThrow().meter();
    changes.correct(
        CALLER,
        new Meter(id, read.resource(), "СГВ-20", "1001", new BigDecimal("99999.999"), 20, 0));
    refused(Reason.CHANGED, () -> changes.correct(CALLER, read));
    Meter now = registry.find(SCOPE, id, DAWN).orElseThrow().meter();
    assertThat(now)
        .isEqualTo(
            new Meter(
                id, Resource.COLD_WATER, "СГВ-20", "1001", new BigDecimal("99999.999"), 20, 1));
    refused(Reason.EXISTS, () -> meter("сгв-20", "1001"));
    refused(
        Reason.VALUE,
        () -> changes.correct(CALLER, new Meter(id, now.resource(), "", "1", null, null, 1)));
  }

  @Test
  void nobodySeesOrChangesWhatIsNotTheirs() {
    MeterId meter = meter("СГВ-15", "1001");
    changes.place(CALLER, meter, flat, "", DAWN);
    changes.fit(CALLER, meter, new DeviceId(1), DAWN);
    Scope theirs = STRANGER.scope();
    assertThat(registry.find(theirs, meter, DAWN)).isEmpty();
    assertThat(registry.history(theirs, meter)).isEmpty();
    assertThat(registry.ofDevice(theirs, new DeviceId(1), DAWN)).isEmpty();
    assertThat(registry.list(theirs, "", DAWN, new Slice(0, 10)).total()).isZero();
    assertThat(registry.below(theirs, flat, Resource.COLD_WATER, DAWN)).isEmpty();
    refused(Reason.UNKNOWN, () -> changes.remove(STRANGER, meter, DAWN));
    refused(Reason.UNKNOWN, () -> changes.add(STRANGER, OURS, sample("СГВ-15", "9")));
    refused(Reason.UNKNOWN, () -> changes.fit(CALLER, meter, new DeviceId(3), DAWN));
    refused(
        Reason.UNKNOWN,
        () -> changes.settle(STRANGER, flat, "1", "", LocalDate.parse("2026-01-01")));
    Caller observer = new Caller(3, "observer", "", SCOPE, Set.of(Permission.READ_DEVICES));
    assertThatThrownBy(() -> changes.remove(observer, meter, DAWN))
        .isInstanceOf(NotPermittedException.class);
  }

  private static void refused(Reason reason, Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private Optional<MeterId> meterOf(long device, Instant at) {
    return registry.ofDevice(SCOPE, new DeviceId(device), at).map(row -> row.meter().id());
  }

  private List<MeterId> at(SiteId site, Instant at) {
    return registry.below(SCOPE, site, Resource.COLD_WATER, at).stream()
        .map(row -> row.meter().id())
        .toList();
  }

  private MeterId meter(String type, String serial) {
    return changes.add(CALLER, OURS, sample(type, serial));
  }

  private static Meter sample(String type, String serial) {
    return new Meter(null, Resource.COLD_WATER, type, serial, null, null, 0);
  }

  private SiteId flat(String number) {
    return changes.site(
        CALLER,
        OURS,
        Map.of(
            SiteKind.SETTLEMENT,
            "Пермь",
            SiteKind.STREET,
            "ул. Ленина",
            SiteKind.HOUSE,
            "5",
            SiteKind.FLAT,
            number),
        YEKATERINBURG);
  }
}
