package org.kvantenergo.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditFilter;
import org.kvantenergo.audit.AuditRow;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

class SqlAuditTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final Slice TEN = new Slice(0, 10);

  private final TestDatabase database = TestDatabase.create();
  private final SqlAuditTrail trail = trail(NOW);
  private final SqlAuditLog log = new SqlAuditLog(database.dataSource(), trail);
  private final Caller water = caller(1, "water", false);
  private final Caller north = caller(2, "north", false);
  private final Caller heat = caller(3, "heat", false);
  private final Caller runs = caller(4, "runs", true);

  @BeforeEach
  void people() throws Exception {
    database.execute(
        """
        insert into organisation (name, parent_id, runs_installation)
          values ('Водоканал', null, false), ('Север', 1, false), ('Теплосеть', null, false),
            ('Квант', null, true);
        insert into account (organisation_id, login, name, password_hash)
          select id, (array['water', 'north', 'heat', 'runs'])[id], name, '' from organisation;
        """);
  }

  @Test
  void whoStandsAboveReadsWhatWasDoneBelow() {
    trail.note(north, AuditAction.USER_ADDED, "account x", Map.of(), Map.of("name", "Икс"));
    trail.note(heat, AuditAction.SIGNED_OUT, "");
    trail.noteStranger("north", "10.0.0.2", AuditAction.SIGN_IN_FAILED);
    trail.noteStranger("nobody", "10.0.0.3", AuditAction.SIGN_IN_FAILED);
    assertThat(log.list(water, AuditFilter.ALL, TEN).rows())
        .containsExactly(
            new AuditRow(3, NOW, "Север", "north", "10.0.0.2", "SIGN_IN_FAILED", "", "", ""),
            new AuditRow(
                1, NOW, "Север", "north", "10.0.0.1", "USER_ADDED", "account x", "", "name=Икс"));
    assertThat(ids(heat, AuditFilter.ALL)).containsExactly(2L);
    assertThat(ids(runs, AuditFilter.ALL)).containsExactly(4L, 3L, 2L, 1L);
    assertThat(log.list(runs, AuditFilter.ALL, TEN).rows().get(0).login()).isEmpty();
  }

  @Test
  void filters() {
    trail(NOW.minusSeconds(60)).note(water, AuditAction.SIGNED_IN, "");
    trail.note(north, AuditAction.ROLE_CHANGED, "role 7", Map.of("name", "Мастер"), Map.of());
    trail(NOW.plusSeconds(60)).note(water, AuditAction.SIGNED_OUT, "");
    assertThat(ids(water, new AuditFilter(NOW, null, "", null, ""))).containsExactly(3L, 2L);
    assertThat(ids(water, new AuditFilter(null, NOW, "", null, ""))).containsExactly(1L);
    assertThat(ids(water, new AuditFilter(null, null, "north", null, ""))).containsExactly(2L);
    assertThat(ids(water, new AuditFilter(null, null, "", AuditAction.SIGNED_OUT, "")))
        .containsExactly(3L);
    assertThat(ids(water, new AuditFilter(null, null, "", null, "мАСТЕР"))).containsExactly(2L);
    assertThat(ids(water, new AuditFilter(null, null, "", null, "%"))).isEmpty();
    assertThat(ids(water, new AuditFilter(null, null, "", null, "' or true --"))).isEmpty();
  }

  @Test
  void anExportGivesAllAndNotesItself() {
    IntStream.rangeClosed(1, 2500).forEach(i -> trail.note(water, AuditAction.SIGNED_IN, ""));
    List<Long> exported = new ArrayList<>();
    log.export(water, AuditFilter.ALL, row -> exported.add(row.id()));
    assertThat(exported)
        .hasSize(2501)
        .startsWith(2501L, 2500L)
        .endsWith(1L)
        .doesNotHaveDuplicates();
    assertThat(log.list(water, AuditFilter.ALL, TEN).rows().get(0).action())
        .isEqualTo("AUDIT_EXPORTED");
  }

  @Test
  void whoMayNotReadsNothing() {
    Caller operator = new Caller(1, "water", "", water.scope(), Set.of(Permission.READ_DEVICES));
    assertThatThrownBy(() -> log.list(operator, AuditFilter.ALL, TEN))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> log.export(operator, AuditFilter.ALL, row -> {}))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void aValueIsOneLineWhateverItHolds() {
    trail.note(
        water,
        AuditAction.USER_CHANGED,
        "a\nb",
        Map.of("name", "x\r\nrole=ADMINISTRATOR"),
        Map.of());
    AuditRow row = log.list(water, AuditFilter.ALL, TEN).rows().get(0);
    assertThat(row.object()).isEqualTo("a b");
    assertThat(row.before()).isEqualTo("name=x  role=ADMINISTRATOR");
  }

  @Test
  void rowsAreOnlyAdded() {
    trail.note(water, AuditAction.SIGNED_IN, "");
    for (String sql :
        List.of(
            "update audit set login = 'x'",
            "delete from audit",
            "truncate audit",
            "update audit set login = 'x' where false")) {
      assertThatThrownBy(() -> database.execute(sql))
          .hasMessageContaining("the audit is only added to");
    }
  }

  @Test
  void manyAtOnceMakeOneChain() throws Exception {
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          for (int n = 0; n < 50; n++) {
                            trail.note(water, AuditAction.SIGNED_IN, "");
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(database.value("select count(*) || ' ' || max(id) from audit")).isEqualTo("400 400");
    assertThat(database.value("select id from audit_head")).isEqualTo("400");
  }

  private List<Long> ids(Caller caller, AuditFilter filter) {
    return log.list(caller, filter, TEN).rows().stream().map(AuditRow::id).toList();
  }

  private SqlAuditTrail trail(Instant now) {
    return new SqlAuditTrail(database.dataSource(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Caller caller(long organisation, String login, boolean everything) {
    return new Caller(
        organisation,
        login,
        "10.0.0.1",
        new Scope(new OrganisationId(organisation), everything),
        Set.of(Permission.READ_AUDIT));
  }
}
