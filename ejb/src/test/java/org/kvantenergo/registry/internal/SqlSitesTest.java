package org.kvantenergo.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.registry.ConsumerAccount;
import org.kvantenergo.registry.RefusedException;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.Site;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.registry.Sites;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

class SqlSitesTest {

  private static final OrganisationId OURS = new OrganisationId(1);
  private static final OrganisationId THEIRS = new OrganisationId(2);
  private static final Scope SCOPE = new Scope(OURS, false);
  private static final Caller CALLER =
      new Caller(1, "engineer", "", SCOPE, Set.of(Permission.REGISTER));
  private static final Caller STRANGER =
      new Caller(2, "stranger", "", new Scope(THEIRS, false), Set.of(Permission.REGISTER));
  private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final SqlAuditTrail trail = new SqlAuditTrail(database.dataSource(), Clock.systemUTC());
  private final SqlSites sites = new SqlSites(database.dataSource(), trail);
  private final SqlRegistryChanges changes = new SqlRegistryChanges(database.dataSource(), trail);
  private final SqlConsumerAccounts accounts = new SqlConsumerAccounts(database.dataSource());
  private SiteId town;
  private SiteId street;

  @BeforeEach
  void aStreet() throws Exception {
    database.execute("insert into organisation (name) values ('Наша'), ('Чужая')");
    town = add(null, SiteKind.SETTLEMENT, "Пермь");
    street = add(town, SiteKind.STREET, "ул. Ленина");
  }

  @Test
  void theTreeUnfoldsInTheOrderInWhichPeopleCount() {
    SiteId ten = add(street, SiteKind.HOUSE, "10");
    add(street, SiteKind.HOUSE, "2");
    add(street, SiteKind.HOUSE, "10а");
    add(ten, SiteKind.FLAT, "1");
    add(ten, SiteKind.ENTRANCE, "1");
    assertThat(shown(List.of(), 0, 10)).containsExactly("0 Пермь 1");
    assertThat(shown(List.of(town, street, ten), 0, 10))
        .containsExactly(
            "0 Пермь 1", "1 ул. Ленина 3", "2 2 0", "2 10 2", "3 1 0", "3 1 0", "2 10а 0");
    assertThat(shown(List.of(town, street), 2, 2)).containsExactly("2 2 0", "2 10 2");
    assertThat(sites.tree(SCOPE, List.of(town, street), new Slice(0, 1)).total()).isEqualTo(5);
    assertThat(sites.above(SCOPE, ten)).containsExactly(town, street);
  }

  @Test
  void everyWordOfASearchIsInTheAddress() {
    SiteId ten = add(street, SiteKind.HOUSE, "10");
    add(add(town, SiteKind.STREET, "ул. Мира"), SiteKind.HOUSE, "10");
    assertThat(sites.search(SCOPE, "10, ленина", new Slice(0, 10)).rows())
        .extracting(Site::id)
        .containsExactly(ten);
    assertThat(sites.search(SCOPE, "пермь 10", new Slice(0, 1)).total()).isEqualTo(2);
    assertThat(sites.search(SCOPE, "%", new Slice(0, 1)).total()).isZero();
  }

  @Test
  void aSiteIsRenamedAndMovedWithAllBelow() throws Exception {
    SiteId house = add(street, SiteKind.HOUSE, "10");
    SiteId flat = add(house, SiteKind.FLAT, "1");
    UUID guid = UUID.fromString("5b3a4d3c-8a9e-4a56-9a3b-0d4a3c6e1f00");
    sites.change(CALLER, street, town, new Sites.Facts("ул. Мира", MOSCOW, guid), 0);
    assertThat(site(flat).address()).isEqualTo("Пермь, ул. Мира, д. 10, кв. 1");
    assertThat(site(street).guid()).isEqualTo(guid);
    SiteId other = add(town, SiteKind.STREET, "ул. Ленина");
    sites.change(
        CALLER, house, other, new Sites.Facts("10", ZoneId.of("Asia/Yekaterinburg"), null), 0);
    assertThat(site(flat).address()).isEqualTo("Пермь, ул. Ленина, д. 10, кв. 1");
    assertThat(site(house).zone()).isEqualTo(ZoneId.of("Asia/Yekaterinburg"));
    assertThat(database.value("select count(*) from audit where action = 'SITE_CHANGED'"))
        .isEqualTo("2");
  }

  @Test
  void aSiteThatIsMadeDuringARenamingHasTheNewAddress() throws Exception {
    renamedBeside(
        () -> sites.change(CALLER, street, town, new Sites.Facts("ул. Мира", MOSCOW, null), 0),
        () -> add(street, SiteKind.HOUSE, "10"));
  }

  @Test
  void aRenamingReachesTheSiteThatIsBeingMade() throws Exception {
    renamedBeside(
        () -> add(street, SiteKind.HOUSE, "10"),
        () -> sites.change(CALLER, street, town, new Sites.Facts("ул. Мира", MOSCOW, null), 0));
  }

  /** The second waits for the first one's end. */
  private void renamedBeside(Runnable first, Runnable second) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> one =
          threads.submit(
              () ->
                  database.inTransaction(
                      () -> {
                        first.run();
                        done.countDown();
                        goOn.await();
                        return null;
                      }));
      done.await();
      Future<?> other =
          threads.submit(
              () ->
                  database.inTransaction(
                      () -> {
                        second.run();
                        return null;
                      }));
      database.awaitWaiting();
      goOn.countDown();
      one.get();
      other.get();
    } finally {
      threads.shutdownNow();
    }
    assertThat(shown(List.of(town, street), 2, 1)).containsExactly("2 10 0");
    assertThat(database.value("select address from site where name = '10'"))
        .isEqualTo("Пермь, ул. Мира, д. 10");
  }

  @Test
  void whatCannotBeIsRefused() {
    SiteId house = add(street, SiteKind.HOUSE, "10");
    SiteId flat = add(house, SiteKind.FLAT, "1");
    Sites.Facts facts = new Sites.Facts("10", MOSCOW, null);
    refused(Reason.EXISTS, () -> add(street, SiteKind.HOUSE, "10"));
    refused(Reason.VALUE, () -> add(flat, SiteKind.HOUSE, "11"));
    refused(Reason.VALUE, () -> add(street, SiteKind.HOUSE, " "));
    refused(Reason.VALUE, () -> sites.change(CALLER, house, flat, facts, 0));
    sites.change(CALLER, house, street, facts, 0);
    refused(Reason.CHANGED, () -> sites.change(CALLER, house, street, facts, 0));
  }

  @Test
  void onlyWhatIsEmptyIsRemoved() throws Exception {
    SiteId house = add(street, SiteKind.HOUSE, "10");
    SiteId flat = add(house, SiteKind.FLAT, "1");
    refused(Reason.IN_USE, () -> sites.remove(CALLER, house));
    changes.settle(CALLER, flat, "1", "", LocalDate.parse("2026-01-01"));
    refused(Reason.IN_USE, () -> sites.remove(CALLER, flat));
    ConsumerAccount account = accounts.list(SCOPE, "", house, NOW, new Slice(0, 10)).rows().get(0);
    assertThat(account.home().site()).isEqualTo(flat);
    changes.leave(CALLER, account.id(), LocalDate.parse("2026-01-01"));
    sites.remove(CALLER, flat);
    sites.remove(CALLER, house);
    assertThat(database.value("select count(*) from site")).isEqualTo("2");
    assertThat(
            database.value(
                "select string_agg(before, ' ' order by id) from audit where action = 'SITE_REMOVED'"))
        .contains("д. 10, кв. 1");
  }

  @Test
  void nobodySeesOrChangesWhatIsNotTheirs() {
    Scope theirs = STRANGER.scope();
    assertThat(sites.tree(theirs, List.of(town), new Slice(0, 10)).total()).isZero();
    assertThat(sites.search(theirs, "Пермь", new Slice(0, 10)).total()).isZero();
    assertThat(sites.find(theirs, town)).isEmpty();
    assertThat(sites.above(theirs, street)).isEmpty();
    refused(Reason.UNKNOWN, () -> sites.remove(STRANGER, street));
    SiteId foreign =
        sites.add(
            STRANGER, THEIRS, null, SiteKind.SETTLEMENT, new Sites.Facts("Омск", MOSCOW, null));
    refused(
        Reason.UNKNOWN,
        () -> sites.change(CALLER, street, foreign, new Sites.Facts("x", MOSCOW, null), 0));
    changes.settle(CALLER, street, "40-1", "", LocalDate.parse("2026-01-01"));
    ConsumerAccount account =
        accounts.list(SCOPE, "40-", null, NOW, new Slice(0, 10)).rows().get(0);
    assertThat(accounts.list(theirs, "", null, NOW, new Slice(0, 10)).total()).isZero();
    assertThat(accounts.find(theirs, account.id(), NOW)).isEmpty();
    assertThat(accounts.history(theirs, account.id())).isEmpty();
    refused(
        Reason.UNKNOWN, () -> changes.leave(STRANGER, account.id(), LocalDate.parse("2026-05-01")));
  }

  @Test
  void allAccountsAreListedInTheOrderOfTheirNumbersAPageAtATime() {
    LocalDate since = LocalDate.parse("2026-01-01");
    for (String number : List.of("100", "20", "3")) {
      changes.settle(CALLER, street, number, "", since);
    }
    Page<ConsumerAccount> first = accounts.list(SCOPE, "", null, NOW, new Slice(0, 2));
    assertThat(first.total()).isEqualTo(3);
    assertThat(first.rows()).extracting(ConsumerAccount::number).containsExactly("3", "20");
    assertThat(first.rows()).allSatisfy(a -> assertThat(a.home().site()).isEqualTo(street));
    ConsumerAccount last = accounts.list(SCOPE, "", null, NOW, new Slice(2, 2)).rows().get(0);
    assertThat(last.number()).isEqualTo("100");
    changes.leave(CALLER, last.id(), since);
    Page<ConsumerAccount> left = accounts.list(SCOPE, "", null, NOW, new Slice(2, 2));
    assertThat(left.total()).isEqualTo(3);
    assertThat(left.rows()).containsExactly(new ConsumerAccount(last.id(), "100", null));
  }

  @Test
  void accountsAreFoundByNumberHolderAndAddress() {
    changes.settle(CALLER, street, "40-10", "Иванов И. И.", LocalDate.parse("2026-01-01"));
    changes.settle(CALLER, street, "40-2", "Петров", LocalDate.parse("2026-01-01"));
    for (String text : List.of("40-1", "иванов", "Ленина")) {
      Page<ConsumerAccount> found = accounts.list(SCOPE, text, null, NOW, new Slice(0, 10));
      assertThat(found.rows()).as(text).extracting(ConsumerAccount::number).contains("40-10");
    }
    assertThat(accounts.list(SCOPE, "40-1", null, NOW, new Slice(0, 10)).total()).isEqualTo(1);
    assertThat(accounts.list(SCOPE, "", null, NOW, new Slice(1, 1)).rows()).hasSize(1);
  }

  private static void refused(Reason reason, Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private List<String> shown(List<SiteId> opened, int offset, int limit) {
    return sites.tree(SCOPE, opened, new Slice(offset, limit)).rows().stream()
        .map(s -> s.depth() + " " + s.name() + " " + s.children())
        .toList();
  }

  private Site site(SiteId id) {
    return sites.find(SCOPE, id).orElseThrow();
  }

  private SiteId add(SiteId parent, SiteKind kind, String name) {
    return sites.add(CALLER, OURS, parent, kind, new Sites.Facts(name, MOSCOW, null));
  }
}
