package org.kvantenergo.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.registry.ConsumerAccount;
import org.kvantenergo.registry.ConsumerId;
import org.kvantenergo.registry.DeviceHistory;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.MeterHistory;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.MeterRow;
import org.kvantenergo.registry.RefusedException;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.RegistryChanges.Placing;
import org.kvantenergo.registry.RegistryChanges.Readings;
import org.kvantenergo.registry.Resource;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/**
 * "As of" at each border: the very moment, and a microsecond before it, which is the smallest step
 * of the database; days of a site in its own zone, also those of 23 and of 25 hours.
 */
class BordersTest {

  private static final OrganisationId OURS = new OrganisationId(1);
  private static final Scope SCOPE = new Scope(OURS, false);
  private static final Caller CALLER =
      new Caller(1, "engineer", "", SCOPE, Set.of(Permission.REGISTER));
  private static final Instant DAWN = Instant.parse("2026-01-01T00:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId KAMCHATKA = ZoneId.of("Asia/Kamchatka");
  private static final Slice ALL = new Slice(0, 100);

  private final TestDatabase database = TestDatabase.create();
  private final SqlRegistry registry = new SqlRegistry(database.dataSource());
  private final SqlConsumerAccounts accounts = new SqlConsumerAccounts(database.dataSource());
  private final SqlRegistryChanges changes =
      new SqlRegistryChanges(
          database.dataSource(), new SqlAuditTrail(database.dataSource(), Clock.systemUTC()));

  @BeforeEach
  void devices() throws Exception {
    database.execute(
        """
        insert into organisation (name) values ('Наша'), ('Чужая');
        insert into device (organisation_id, kind, state, imei, serial, model) values
          (1, 'MODULE', 'REGISTERED', 101, 50, 642), (1, 'MODULE', 'REGISTERED', 102, 51, 642);
        """);
  }

  @Test
  void aMeterReplacedInTheMiddleOfAMonthLeavesBothReadings() {
    SiteId flat = site("Пермь", ZoneId.of("Asia/Yekaterinburg"));
    MeterId old = meter("1001");
    changes.place(CALLER, old, new Placing(flat, "кухня", DAWN, new BigDecimal("0.125")));
    changes.fit(CALLER, old, new DeviceId(1), DAWN);
    Instant noon = Instant.parse("2026-05-15T07:20:00Z");

    MeterId fresh =
        changes.replaceBy(
            CALLER,
            old,
            plate("1002"),
            noon,
            new Readings(new BigDecimal("431.5"), new BigDecimal("0.003")));

    assertThat(standing(flat, before(noon))).containsExactly(old);
    assertThat(standing(flat, noon)).containsExactly(fresh);
    assertThat(carriers(1)).containsExactly(fresh, old);
    MeterHistory.Place was = registry.history(SCOPE, old).orElseThrow().places().get(0);
    assertThat(was.first()).isEqualByComparingTo("0.125");
    assertThat(was.last()).isEqualByComparingTo("431.5");
    assertThat(was.until()).isEqualTo(noon);
    MeterHistory.Place is = registry.history(SCOPE, fresh).orElseThrow().places().get(0);
    assertThat(is.first()).isEqualByComparingTo("0.003");
    assertThat(is.last()).isNull();
    assertThat(is.until()).isNull();
  }

  @Test
  void aMeterThatIsKnownAlreadyTakesThePlaceOfAnother() throws Exception {
    SiteId flat = site("Пермь", BERLIN);
    MeterId old = meter("1001");
    MeterId known = meter("1002");
    changes.place(CALLER, old, flat, "", DAWN);
    Instant noon = DAWN.plusSeconds(3600);
    assertThat(changes.replaceBy(CALLER, old, plate("1002"), noon, Readings.NONE)).isEqualTo(known);
    refused(
        Reason.NOTHING, () -> changes.replaceBy(CALLER, old, plate("1003"), noon, Readings.NONE));
    refused(
        Reason.NOTHING, () -> changes.replaceBy(CALLER, known, plate("1002"), noon, Readings.NONE));
  }

  @Test
  void aModuleMovedTwiceInADay() {
    MeterId first = meter("1001");
    MeterId second = meter("1002");
    MeterId third = meter("1003");
    Instant eight = Instant.parse("2026-05-15T08:00:00Z");
    Instant twelve = Instant.parse("2026-05-15T12:00:00.000001Z");
    Instant five = Instant.parse("2026-05-15T17:00:00Z");
    // Entered in another order than it was so.
    changes.fit(CALLER, third, new DeviceId(1), five);
    changes.fit(CALLER, first, new DeviceId(1), eight);
    changes.fit(CALLER, second, new DeviceId(1), twelve);
    changes.unfit(CALLER, third, five.plusSeconds(60));

    assertThat(on(1, before(eight))).isNull();
    assertThat(on(1, eight)).isEqualTo(first);
    assertThat(on(1, before(twelve))).isEqualTo(first);
    assertThat(on(1, twelve)).isEqualTo(second);
    assertThat(on(1, before(five))).isEqualTo(second);
    assertThat(on(1, five)).isEqualTo(third);
    assertThat(on(1, before(five.plusSeconds(60)))).isEqualTo(third);
    assertThat(on(1, five.plusSeconds(60))).isNull();
    assertThat(carriers(1)).containsExactly(third, second, first);
    assertThat(registry.ofDevice(SCOPE, new DeviceId(1)).get(1).until()).isEqualTo(five);
    assertThat(registry.ofDevice(new Scope(new OrganisationId(2), false), new DeviceId(1)))
        .isEmpty();
  }

  @Test
  void daysBeginWhereTheSiteIs() {
    LocalDate day = LocalDate.parse("2026-06-01");
    for (ZoneId zone : List.of(KAMCHATKA, BERLIN, ZoneId.of("Europe/Kaliningrad"))) {
      SiteId flat = site(zone.getId(), zone);
      String number = "40-" + zone.getId();
      changes.settle(CALLER, flat, number, "Первый", LocalDate.parse("2026-01-01"));
      changes.settle(CALLER, flat, number, "Второй", day);
      Instant midnight = day.atStartOfDay(zone).toInstant();
      assertThat(account(number, before(midnight)).home().holder()).isEqualTo("Первый");
      assertThat(account(number, midnight).home().holder()).isEqualTo("Второй");
    }
  }

  @Test
  void aDayOf23HoursAndOneOf25() {
    SiteId flat = site("Берлин", BERLIN);
    MeterId meter = meter("1001");
    changes.place(CALLER, meter, flat, "", DAWN);
    LocalDate spring = LocalDate.parse("2026-03-29");
    LocalDate autumn = LocalDate.parse("2026-10-25");
    changes.settle(CALLER, flat, "1", "Весна", spring);
    changes.settle(CALLER, flat, "1", "После весны", spring.plusDays(1));
    changes.settle(CALLER, flat, "1", "Осень", autumn);
    changes.settle(CALLER, flat, "1", "После осени", autumn.plusDays(1));
    Instant springMidnight = Instant.parse("2026-03-28T23:00:00Z");
    Instant autumnMidnight = Instant.parse("2026-10-24T22:00:00Z");

    assertThat(holders(meter, before(springMidnight))).isEmpty();
    assertThat(holders(meter, springMidnight)).containsExactly("Весна");
    assertThat(holders(meter, before(springMidnight.plusSeconds(23 * 3600))))
        .containsExactly("Весна");
    assertThat(holders(meter, springMidnight.plusSeconds(23 * 3600)))
        .containsExactly("После весны");
    assertThat(holders(meter, autumnMidnight)).containsExactly("Осень");
    assertThat(holders(meter, before(autumnMidnight.plusSeconds(25 * 3600))))
        .containsExactly("Осень");
    assertThat(holders(meter, autumnMidnight.plusSeconds(25 * 3600)))
        .containsExactly("После осени");
  }

  @Test
  void anHourThatComesTwiceHasTwoMoments() {
    SiteId flat = site("Берлин", BERLIN);
    MeterId first = meter("1001");
    MeterId second = meter("1002");
    // 2:30 of summer time, then 2:30 of winter time.
    Instant summer = Instant.parse("2026-10-25T00:30:00Z");
    Instant winter = Instant.parse("2026-10-25T01:30:00Z");
    changes.place(CALLER, first, flat, "", summer);
    changes.replace(CALLER, first, second, winter);
    assertThat(summer.atZone(BERLIN).toLocalDateTime())
        .isEqualTo(winter.atZone(BERLIN).toLocalDateTime());
    assertThat(standing(flat, before(summer))).isEmpty();
    assertThat(standing(flat, summer)).containsExactly(first);
    assertThat(standing(flat, before(winter))).containsExactly(first);
    assertThat(standing(flat, winter)).containsExactly(second);
  }

  @Test
  void anAccountEndsAndIsWhereItWas() {
    SiteId flat = site("Пермь", BERLIN);
    LocalDate may = LocalDate.parse("2026-05-01");
    changes.settle(CALLER, flat, "40-1", "Иванов", LocalDate.parse("2026-01-01"));
    ConsumerId id = account("40-1", DAWN.plusSeconds(7200)).id();
    changes.leave(CALLER, id, may);
    Instant midnight = may.atStartOfDay(BERLIN).toInstant();
    assertThat(account("40-1", before(midnight)).home().address()).isEqualTo("Пермь");
    assertThat(account("40-1", midnight).home()).isNull();
    refused(Reason.NOTHING, () -> changes.leave(CALLER, id, may.plusDays(1)));
    changes.settle(CALLER, flat, "40-1", "Ошибка", may.plusDays(9));
    changes.leave(CALLER, id, may.plusDays(9));
    assertThat(accounts.history(SCOPE, id))
        .extracting(ConsumerAccount.Home::since, ConsumerAccount.Home::until)
        .containsExactly(org.assertj.core.api.Assertions.tuple(LocalDate.parse("2026-01-01"), may));
  }

  /** Who sees everything has meters and addresses of several organisations in one list. */
  @Test
  void nothingStandsAtAnAddressOfAnotherOrganisation() {
    SiteId ours = site("Пермь", BERLIN);
    Caller all = new Caller(1, "a", "", new Scope(OURS, true), Set.of(Permission.REGISTER));
    OrganisationId stranger = new OrganisationId(2);
    SiteId theirs = changes.site(all, stranger, Map.of(SiteKind.SETTLEMENT, "Уфа"), BERLIN);
    MeterId meter = meter("77");
    refused(Reason.OTHER_OWNER, () -> changes.place(all, meter, theirs, "", DAWN));
    LocalDate may = LocalDate.parse("2026-05-01");
    changes.settle(all, ours, "123", "Иванов", may.minusDays(9));
    changes.settle(all, theirs, "123", "Петров", may.minusDays(9));
    ConsumerId id = account("123", may.atStartOfDay(BERLIN).toInstant()).id();
    refused(Reason.OTHER_OWNER, () -> changes.move(all, id, theirs, "", may));
    changes.move(all, id, ours, "Сидоров", may);
    assertThat(account("123", may.atStartOfDay(BERLIN).toInstant()).home().holder())
        .isEqualTo("Сидоров");
  }

  @Test
  void whatCannotEndIsRefusedAndNothingIsNoted() throws Exception {
    MeterId meter = meter("1001");
    String noted = database.value("select count(*) from audit");
    refused(Reason.NOTHING, () -> changes.remove(CALLER, meter, DAWN));
    refused(Reason.NOTHING, () -> changes.unfit(CALLER, meter, DAWN));
    refused(Reason.NOTHING, () -> changes.unseal(CALLER, meter, "П-1", DAWN));
    assertThat(database.value("select count(*) from audit")).isEqualTo(noted);
    changes.seal(CALLER, meter, "П-1", DAWN);
    changes.unseal(CALLER, meter, "П-1", DAWN);
    assertThat(database.value("select count(*) from meter_seal")).isEqualTo("0");
    assertThat(database.value("select string_agg(action, ' ' order by id) from audit"))
        .isEqualTo("METER_ADDED METER_SEALED METER_UNSEALED");
  }

  @Test
  void aReadingFitsTheRegister() {
    SiteId flat = site("Пермь", BERLIN);
    MeterId meter =
        changes.add(
            CALLER,
            OURS,
            new Meter(null, Resource.COLD_WATER, "СГВ", "1", new BigDecimal("99999.999"), 15, 0),
            new Placing(flat, "", DAWN, new BigDecimal("99999.999")));
    for (String wrong : List.of("-0.001", "100000", "1.0001")) {
      refused(
          Reason.VALUE,
          () -> changes.remove(CALLER, meter, DAWN.plusSeconds(1), new BigDecimal(wrong)));
    }
    changes.remove(CALLER, meter, DAWN.plusSeconds(1), BigDecimal.ZERO);
  }

  private static Instant before(Instant moment) {
    return moment.minusNanos(1000);
  }

  private List<String> holders(MeterId meter, Instant at) {
    return registry.find(SCOPE, meter, at).orElseThrow().accounts().stream()
        .map(MeterRow.Held::holder)
        .toList();
  }

  private ConsumerAccount account(String number, Instant at) {
    return accounts.list(SCOPE, number, null, at, ALL).rows().get(0);
  }

  private List<MeterId> standing(SiteId site, Instant at) {
    return registry.standing(SCOPE, site, at, ALL).rows().stream()
        .map(row -> row.meter().id())
        .toList();
  }

  private MeterId on(long device, Instant at) {
    return registry
        .ofDevice(SCOPE, new DeviceId(device), at)
        .map(row -> row.meter().id())
        .orElse(null);
  }

  private List<MeterId> carriers(long device) {
    return registry.ofDevice(SCOPE, new DeviceId(device)).stream()
        .map(DeviceHistory::meter)
        .map(Meter::id)
        .toList();
  }

  private MeterId meter(String serial) {
    return changes.add(CALLER, OURS, plate(serial));
  }

  private static Meter plate(String serial) {
    return new Meter(null, Resource.COLD_WATER, "СГВ-15", serial, null, null, 0);
  }

  private SiteId site(String name, ZoneId zone) {
    return changes.site(CALLER, OURS, Map.of(SiteKind.SETTLEMENT, name), zone);
  }

  private void refused(Reason reason, Runnable change) {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      change.run();
                      return null;
                    }))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
