package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.ProviderLinks.Link;
import org.kvantenergo.account.ProviderLinks.Outcome;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.account.SignOn.Arrival;
import org.kvantenergo.account.SignOn.Claims;
import org.kvantenergo.account.SignOn.Reason;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

class SqlSignOnTest {

  private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");
  private static final String ADDRESS = "10.0.0.7";
  private static final Claims PETROVA = new Claims("https://id", "s-1", "petrova");
  private static final long NORTH = 2;
  private static final long HEAT = 3;

  private final TestDatabase database = TestDatabase.create();
  private final PasswordHasher hasher = new PasswordHasher(new Argon2Hash.Cost(256, 1, 1));
  private final SqlAuditTrail trail =
      new SqlAuditTrail(database.dataSource(), Clock.fixed(NOW, ZoneOffset.UTC));
  private final SqlProviderLinks links =
      new SqlProviderLinks(
          database.dataSource(),
          new SqlUsers(database.dataSource(), hasher, trail, Clock.systemUTC(), Duration.ofDays(3)),
          hasher,
          trail);
  private final Caller admin =
      new Caller(
          1,
          "admin",
          "10.0.0.1",
          new Scope(new OrganisationId(1), false),
          EnumSet.allOf(Permission.class));
  private EntityManagerFactory factory;

  @BeforeEach
  void people() throws Exception {
    database.execute(
        """
        insert into organisation (name, parent_id)
          values ('Водоканал', null), ('Север', 1), ('Теплосеть', null);
        insert into account (organisation_id, login, name, password_hash) values
          (1, 'admin', 'Админ', ''), (2, 'north', 'Северов', ''), (3, 'heat', 'Теплов', '');
        """);
    factory =
        Persistence.createEntityManagerFactory(
            "kvant",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource",
                "",
                "jakarta.persistence.nonJtaDataSource",
                database.plain()));
  }

  @AfterEach
  void close() {
    factory.close();
  }

  @Test
  void whoSignsOnFirstUnderTheExpectedNameIsLinkedForGood() throws Exception {
    assertThat(arrive(PETROVA)).isEqualTo(new Arrival.Refused(Reason.UNLINKED));
    assertThat(link(NORTH, "petrova")).isEqualTo(Outcome.DONE);
    assertThat(links.find(admin, NORTH)).contains(new Link("petrova", null, null, false));

    assertThat(redeem(NOW, ticket(PETROVA))).map(Viewer::login).contains("north");
    assertThat(links.find(admin, NORTH)).contains(new Link("petrova", "s-1", NOW, false));
    // Whatever the provider calls them later, and whoever gets their name.
    assertThat(arrive(new Claims("https://id", "s-1", "ivanova")))
        .isInstanceOf(Arrival.Ticket.class);
    assertThat(arrive(new Claims("https://id", "s-2", "petrova")))
        .isEqualTo(new Arrival.Refused(Reason.OTHER));
    assertThat(arrive(new Claims("https://other", "s-1", "petrova")))
        .isEqualTo(new Arrival.Refused(Reason.OTHER));
    assertThat(
            database.value(
                "select string_agg(concat_ws('|', login, address, action, after), E'\\n' order by id)"
                    + " from audit"))
        .isEqualTo(
            """
            |10.0.0.7|SIGN_ON_REFUSED|issuer=https://id
            name=petrova
            reason=UNLINKED
            subject=s-1
            admin|10.0.0.1|PROVIDER_LINK_CHANGED|name=petrova
            north|10.0.0.7|PROVIDER_LINKED|issuer=https://id
            name=petrova
            subject=s-1
            north|10.0.0.7|SIGNED_ON|
            north|10.0.0.7|SIGN_ON_REFUSED|issuer=https://id
            name=petrova
            reason=OTHER
            subject=s-2
            north|10.0.0.7|SIGN_ON_REFUSED|issuer=https://other
            name=petrova
            reason=OTHER
            subject=s-1""");
  }

  @Test
  void namesAreComparedLetterByLetterAndNoneIsNobodys() throws Exception {
    link(NORTH, "petrova");
    for (String name : List.of("Petrova", " petrova", "ｐetrova", "")) {
      assertThat(arrive(new Claims("https://id", "s-1", name)))
          .as("«%s»", name)
          .isEqualTo(new Arrival.Refused(Reason.UNLINKED));
    }
  }

  @Test
  void aBlockedAccountIsNeitherLinkedNorOpened() throws Exception {
    link(NORTH, "petrova");
    database.execute("update account set blocked_at = now() where id = 2");
    assertThat(arrive(PETROVA)).isEqualTo(new Arrival.Refused(Reason.BLOCKED));
    assertThat(database.value("select subject from provider_link")).isNull();

    database.execute("update account set blocked_at = null");
    String ticket = ticket(PETROVA);
    database.execute("update account set blocked_at = now() where id = 2");
    assertThat(arrive(PETROVA)).isEqualTo(new Arrival.Refused(Reason.BLOCKED));
    assertThat(redeem(NOW, ticket)).isEmpty();
  }

  @Test
  void aTicketIsGoodOnceAndForAMinute() throws Exception {
    link(NORTH, "petrova");
    String ticket = ticket(PETROVA);
    assertThat(redeem(NOW, ticket + "x")).isEmpty();
    assertThat(redeem(NOW, "")).isEmpty();
    assertThat(redeem(NOW.plusMillis(59_999), ticket)).isPresent();
    assertThat(redeem(NOW, ticket)).isEmpty();

    String late = ticket(PETROVA);
    assertThat(redeem(NOW.plusSeconds(60), late)).isEmpty();
    // Used up all the same.
    assertThat(redeem(NOW, late)).isEmpty();
    assertThat(database.value("select count(*) from sign_on_ticket")).isEqualTo("0");
  }

  @Test
  void whoHasASecondFactorOwesACodeUnlessTheProviderVouches() throws Exception {
    link(NORTH, "petrova");
    database.execute(
        "insert into second_factor (account_id, secret, offered_at, confirmed_at)"
            + " values (2, 'x', now(), now())");
    String ticket = ticket(PETROVA);
    assertThat(database.inTransaction(() -> signOn(NOW).redeem(ticket, ADDRESS)))
        .isInstanceOf(SignIn.CodeNeeded.class);
    assertThat(database.value("select account_id from sign_in_half")).isEqualTo("2");
    assertThat(database.value("select count(*) from audit where action = 'SIGNED_ON'"))
        .isEqualTo("0");
    String vouched = ticket(PETROVA);
    assertThat(database.inTransaction(() -> signOn(NOW, true).redeem(vouched, ADDRESS)))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void ofManyWhoRedeemATicketAtOnceOneIsSignedOn() throws Exception {
    link(NORTH, "petrova");
    String ticket = ticket(PETROVA);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Optional<Viewer>> redeem = () -> redeem(NOW, ticket);
      List<Optional<Viewer>> viewers = new ArrayList<>();
      for (Future<Optional<Viewer>> one :
          threads.invokeAll(java.util.Collections.nCopies(8, redeem))) {
        viewers.add(one.get());
      }
      assertThat(viewers.stream().filter(Optional::isPresent)).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aTicketOutlivesNoChangeOfItsLink() throws Exception {
    link(NORTH, "petrova");
    String ticket = ticket(PETROVA);
    link(NORTH, "ivanova");
    assertThat(redeem(NOW, ticket)).isEmpty();
    assertThat(arrive(PETROVA)).isEqualTo(new Arrival.Refused(Reason.UNLINKED));
    assertThat(links.find(admin, NORTH)).contains(new Link("ivanova", null, null, false));
  }

  @Test
  void onesPartOfTheTreeIsLinkedAndNothingBeside() throws Exception {
    assertThat(link(HEAT, "x")).isEqualTo(Outcome.UNKNOWN);
    assertThat(links.find(admin, HEAT)).isEmpty();
    assertThat(link(1, "x")).isEqualTo(Outcome.NOT_YOURS);
    assertThat(removePassword(1)).isEqualTo(Outcome.NOT_YOURS);
    assertThat(removePassword(HEAT)).isEqualTo(Outcome.UNKNOWN);
    assertThat(link(NORTH, "a\nb")).isEqualTo(Outcome.MALFORMED);
    assertThat(link(NORTH, "x".repeat(201))).isEqualTo(Outcome.MALFORMED);
    database.execute("insert into provider_link (account_id, name) values (3, 'teplov')");
    assertThat(link(NORTH, "teplov")).isEqualTo(Outcome.NAME_TAKEN);
    assertThat(database.value("select count(*) from audit")).isEqualTo("0");
  }

  @Test
  void thereIsAPasswordOrALink() throws Exception {
    assertThat(removePassword(NORTH)).isEqualTo(Outcome.PASSWORD_NEEDED);
    link(NORTH, "petrova");
    database.execute("update account set must_change = true where id = 2");
    database.execute(
        "insert into account_session (digest, account_id, address, agent, began_at, seen_at)"
            + " values ('x', 2, '', '', now(), now())");
    assertThat(removePassword(NORTH)).isEqualTo(Outcome.DONE);
    assertThat(database.value("select count(*) from account_session")).isEqualTo("0");
    assertThat(database.value("select must_change from account where id = 2")).isEqualTo("f");
    String hash = database.value("select password_hash from account where id = 2");
    assertThat(hasher.matches(hash, new char[0])).isFalse();
    assertThat(links.find(admin, NORTH)).map(Link::passwordless).contains(true);
    assertThat(link(NORTH, "")).isEqualTo(Outcome.PASSWORD_NEEDED);
    // A password that was given since counts.
    database.execute("update account set password_changed_at = now() where id = 2");
    assertThat(links.find(admin, NORTH)).map(Link::passwordless).contains(false);
    assertThat(link(NORTH, "")).isEqualTo(Outcome.DONE);
    assertThat(links.find(admin, NORTH)).contains(new Link("", null, null, false));
    assertThat(
            database.value(
                "select string_agg(action || ' ' || before || '>' || after, ', ' order by id) from audit"))
        .isEqualTo(
            "PROVIDER_LINK_CHANGED name=>name=petrova, PASSWORD_REMOVED >,"
                + " PROVIDER_LINK_CHANGED name=petrova>name=");
  }

  private SqlSignOn signOn(Instant now) {
    return signOn(now, false);
  }

  private SqlSignOn signOn(Instant now, boolean vouches) {
    AccountBeans beans =
        new AccountBeans(
            database, new AccountStore(factory.createEntityManager()), hasher, Clock.systemUTC());
    return new SqlSignOn(
        database.dataSource(),
        beans.accounts(),
        beans.factors(),
        new HalfSignIns(database.dataSource()),
        trail,
        Clock.fixed(now, ZoneOffset.UTC),
        vouches);
  }

  private Arrival arrive(Claims claims) throws Exception {
    return database.inTransaction(() -> signOn(NOW).arrive(claims, ADDRESS));
  }

  private String ticket(Claims claims) throws Exception {
    return ((Arrival.Ticket) arrive(claims)).secret();
  }

  private Optional<Viewer> redeem(Instant now, String ticket) throws Exception {
    SignIn outcome = database.inTransaction(() -> signOn(now).redeem(ticket, ADDRESS));
    return outcome instanceof SignIn.Accepted accepted
        ? Optional.of(accepted.viewer())
        : Optional.empty();
  }

  private Outcome link(long account, String name) throws Exception {
    return database.inTransaction(() -> links.link(admin, account, name));
  }

  private Outcome removePassword(long account) throws Exception {
    return database.inTransaction(() -> links.removePassword(admin, account));
  }
}
