package org.kvantenergo.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.registry.ConsumerId;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.MeterId;
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

/** What is entered after later things are known changes nothing of these. */
class LateEntriesTest {

  private static final OrganisationId OURS = new OrganisationId(1);
  private static final Caller CALLER =
      new Caller(1, "engineer", "", new Scope(OURS, false), Set.of(Permission.REGISTER));
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant MID_MAY = Instant.parse("2026-05-15T12:00:00Z");
  private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final SqlRegistryChanges changes =
      new SqlRegistryChanges(
          database.dataSource(), new SqlAuditTrail(database.dataSource(), Clock.systemUTC()));
  private SiteId first;
  private SiteId second;

  @BeforeEach
  void devices() throws Exception {
    database.execute(
        """
        insert into organisation (name) values ('Наша');
        insert into device (organisation_id, kind, state, imei, serial, model) values
          (1, 'MODULE', 'REGISTERED', 101, 50, 642), (1, 'MODULE', 'REGISTERED', 102, 51, 642);
        """);
    first = site("А");
    second = site("Б");
  }

  @Test
  void aMoveKeepsAKnownEndAndItsReading() throws Exception {
    MeterId meter = meter("1");
    changes.place(CALLER, meter, new Placing(first, "", MAY, new BigDecimal("1")));
    changes.remove(CALLER, meter, JUNE, new BigDecimal("50"));
    changes.place(CALLER, meter, new Placing(second, "", MID_MAY, new BigDecimal("20")));
    assertThat(places()).isEqualTo("1 А 05-01..05-15 1.000-20.000, 1 Б 05-15..06-01 20.000-50.000");
  }

  @Test
  void aMoveWithoutAReadingKeepsNoneOfAnotherDay() throws Exception {
    MeterId meter = meter("1");
    changes.place(CALLER, meter, first, "", MAY);
    changes.remove(CALLER, meter, JUNE, new BigDecimal("50"));
    changes.place(CALLER, meter, second, "", MID_MAY);
    assertThat(places()).isEqualTo("1 А 05-01..05-15 ?-?, 1 Б 05-15..06-01 ?-50.000");
  }

  @Test
  void anEndOnTheVeryMomentKeepsItsReading() throws Exception {
    MeterId meter = meter("1");
    changes.place(CALLER, meter, first, "", MAY);
    changes.remove(CALLER, meter, JUNE, new BigDecimal("50"));
    changes.place(CALLER, meter, second, "", JUNE);
    changes.place(CALLER, meter, first, "кухня", JUNE);
    assertThat(places()).isEqualTo("1 А 05-01..06-01 ?-50.000, 1 А 06-01.. ?-?");
  }

  @Test
  void aReplacementLastsAsLongAsThePlaceWasTaken() throws Exception {
    MeterId old = meter("1");
    MeterId next = meter("2");
    changes.place(CALLER, old, first, "", MAY);
    changes.replace(
        CALLER, old, next, JUNE, new Readings(new BigDecimal("50"), new BigDecimal("0")));
    MeterId between = meter("3");
    changes.replace(
        CALLER, old, between, MID_MAY, new Readings(new BigDecimal("20"), new BigDecimal("5")));
    assertThat(places())
        .isEqualTo("1 А 05-01..05-15 ?-20.000, 3 А 05-15..06-01 5.000-50.000, 2 А 06-01.. 0.000-?");
  }

  @Test
  void aReplacementOfOneThatWasTakenAwayLaterEndsThen() throws Exception {
    MeterId old = meter("1");
    changes.place(CALLER, old, first, "", MAY);
    changes.remove(CALLER, old, JUNE, new BigDecimal("50"));
    changes.replace(CALLER, old, meter("2"), MID_MAY);
    assertThat(places()).isEqualTo("1 А 05-01..05-15 ?-?, 2 А 05-15..06-01 ?-50.000");
  }

  @Test
  void aReplacementByOneThatIsKnownToGoEndsThen() throws Exception {
    MeterId known = meter("2");
    changes.place(CALLER, known, second, "", MAY);
    changes.remove(CALLER, known, JUNE, new BigDecimal("500"));
    MeterId old = meter("1");
    changes.place(CALLER, old, first, "", MAY);
    changes.remove(CALLER, old, JULY, new BigDecimal("50"));
    changes.replace(
        CALLER, old, known, MID_MAY, new Readings(new BigDecimal("20"), new BigDecimal("450")));
    assertThat(places())
        .isEqualTo(
            "1 А 05-01..05-15 ?-20.000, 2 Б 05-01..05-15 ?-450.000, 2 А 05-15..06-01 450.000-500.000");
  }

  @Test
  void aCorrectionAtTheVeryMomentCorrectsTheReadingBeforeIt() throws Exception {
    MeterId meter = meter("1");
    changes.place(CALLER, meter, first, "", MAY);
    changes.place(CALLER, meter, new Placing(second, "", JUNE, new BigDecimal("100")));
    changes.place(CALLER, meter, new Placing(second, "кухня", JUNE, new BigDecimal("105")));
    assertThat(places()).isEqualTo("1 А 05-01..06-01 ?-105.000, 1 Б 06-01.. 105.000-?");
    changes.remove(CALLER, meter, JUNE, new BigDecimal("107"));
    assertThat(places()).isEqualTo("1 А 05-01..06-01 ?-107.000");
  }

  @Test
  void aReplacementOfOneThatWentOnElsewhereStays() throws Exception {
    MeterId old = meter("1");
    changes.place(CALLER, old, first, "", MAY);
    changes.place(CALLER, old, second, "", JUNE);
    changes.replace(CALLER, old, meter("2"), MID_MAY);
    assertThat(places()).isEqualTo("1 А 05-01..05-15 ?-?, 2 А 05-15.. ?-?, 1 Б 06-01.. ?-?");
  }

  @Test
  void aModuleIsOnAMeterUntilItIsKnownToComeOff() throws Exception {
    MeterId one = meter("1");
    MeterId other = meter("2");
    changes.fit(CALLER, one, new DeviceId(1), MAY);
    changes.unfit(CALLER, one, JUNE);
    changes.fit(CALLER, other, new DeviceId(1), MID_MAY);
    assertThat(fittings()).isEqualTo("1-1 05-01..05-15, 2-1 05-15..06-01");
  }

  @Test
  void aMeterHasAModuleUntilItIsKnownToHaveNone() throws Exception {
    MeterId meter = meter("1");
    changes.fit(CALLER, meter, new DeviceId(1), MAY);
    changes.unfit(CALLER, meter, JUNE);
    changes.fit(CALLER, meter, new DeviceId(2), MID_MAY);
    assertThat(fittings()).isEqualTo("1-1 05-01..05-15, 1-2 05-15..06-01");
  }

  @Test
  void thatTheOtherOneWentOnEndsNothing() throws Exception {
    MeterId one = meter("1");
    MeterId other = meter("2");
    changes.fit(CALLER, one, new DeviceId(1), MAY);
    changes.fit(CALLER, other, new DeviceId(1), JUNE);
    // The first module was off this meter by the middle of May; its way to the other is as it was.
    changes.fit(CALLER, one, new DeviceId(2), MID_MAY);
    assertThat(fittings()).isEqualTo("1-1 05-01..05-15, 1-2 05-15.., 2-1 06-01..");
    changes.fit(CALLER, one, new DeviceId(1), JULY);
    assertThat(fittings())
        .isEqualTo("1-1 05-01..05-15, 1-2 05-15..07-01, 2-1 06-01..07-01, 1-1 07-01..");
  }

  @Test
  void anAccountIsAtASiteUntilItIsKnownToEnd() throws Exception {
    LocalDate may = LocalDate.parse("2026-05-01");
    changes.settle(CALLER, first, "40-1", "Иванов", may);
    changes.leave(CALLER, new ConsumerId(1), may.plusMonths(1));
    changes.settle(CALLER, second, "40-1", "Иванов", may.plusDays(14));
    assertThat(
            database.value(
                """
                select string_agg(s.name || ' ' || to_char(lower(h.valid), 'MM-DD..')
                  || coalesce(to_char(upper(h.valid), 'MM-DD'), ''), ', ' order by lower(h.valid))
                from account_site h join site s on s.id = h.site_id
                """))
        .isEqualTo("А 05-01..05-15, Б 05-15..06-01");
  }

  private String places() throws SQLException {
    return database.value(
        """
        select string_agg(concat(m.serial, ' ', s.name, ' ',
          to_char(lower(p.valid) at time zone 'UTC', 'MM-DD..'),
          to_char(upper(p.valid) at time zone 'UTC', 'MM-DD'), ' ',
          coalesce(p.first_reading::text, '?'), '-', coalesce(p.last_reading::text, '?')), ', '
          order by lower(p.valid), m.serial)
        from meter_place p join meter m on m.id = p.meter_id join site s on s.id = p.site_id
        """);
  }

  private String fittings() throws SQLException {
    return database.value(
        """
        select string_agg(concat(m.serial, '-', f.device_id, ' ',
          to_char(lower(f.valid) at time zone 'UTC', 'MM-DD..'),
          to_char(upper(f.valid) at time zone 'UTC', 'MM-DD')), ', ' order by lower(f.valid), m.serial)
        from meter_device f join meter m on m.id = f.meter_id
        """);
  }

  private MeterId meter(String serial) {
    return changes.add(
        CALLER, OURS, new Meter(null, Resource.COLD_WATER, "СГВ-15", serial, null, null, 0));
  }

  private SiteId site(String name) {
    return changes.site(CALLER, OURS, Map.of(SiteKind.SETTLEMENT, name), ZoneId.of("UTC"));
  }
}
