package org.kvantenergo.registry.lists.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.ListStatus;
import org.kvantenergo.registry.lists.ListStatus.State;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Started;

/** Lists that are given up, and two at once. */
class ListRacesTest {

  private static final OrganisationId OURS = new OrganisationId(1);
  private static final Scope SCOPE = new Scope(OURS, false);
  private static final Caller CALLER =
      new Caller(1, "engineer", "", SCOPE, Set.of(Permission.REGISTER));
  private static final Caller OTHER =
      new Caller(2, "other", "", SCOPE, Set.of(Permission.REGISTER));
  private static final String HEADER =
      "Населённый пункт;Ресурс;Тип счётчика;Номер счётчика;Установлен\n";

  @TempDir private Path folder;
  private final TestDatabase database = TestDatabase.create();
  private final ListWork work =
      new ListWork(
          database.dataSource(),
          new ListProgress(database.plain()),
          new SqlAuditTrail(database.dataSource(), Clock.systemUTC()));
  private final ListsBean lists =
      new ListsBean(database.dataSource(), work, new ListProgress(database.plain()));
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @BeforeEach
  void anOrganisation() throws Exception {
    database.execute("insert into organisation (name) values ('Наша')");
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void theSecondOfTwoListsIsCheckedAgainstTheFirst() throws Exception {
    ListId first = checked("Пермь;ХВС;СГВ;1;15.01.2026\nПермь;ГВС;СГВ;2;15.01.2026\n");
    ListId second = checked("Пермь;ХВС;СГВ;3;15.01.2026\nПермь;ГАЗ;СГ;4;15.01.2026\n");
    assertThat(lists.begin(CALLER, first, false)).isTrue();
    assertThat(lists.begin(CALLER, second, false)).isTrue();
    applied(first, second, () -> work.apply(CALLER, second, false));
    assertThat(status(second).state())
        .as("it would put a meter where another stands now")
        .isEqualTo(State.CHECKED);
    assertThat(lists.errors(CALLER, second, new Slice(0, 10)).rows())
        .extracting(error -> error.line() + " " + error.problem() + " " + error.value())
        .containsExactly("2 OCCUPIED СГВ 1");
    assertThat(serials()).isEqualTo("1,2");
    assertThat(lists.begin(CALLER, second, true)).isTrue();
    database.inTransaction(() -> work.apply(CALLER, second, true));
    assertThat(serials()).isEqualTo("1,2,4");
  }

  @Test
  void aListIsTriedAfterTheOneThatIsApplied() throws Exception {
    ListId first = checked("Пермь;ХВС;СГВ;1;15.01.2026\n");
    ListId second = staged(HEADER + "Пермь;ХВС;СГВ;1;15.01.2026\n");
    assertThat(lists.begin(CALLER, first, false)).isTrue();
    applied(first, second, () -> work.check(second, SCOPE));
    assertThat(status(second).state()).isEqualTo(State.CHECKED);
    assertThat(status(second).errors()).isZero();
    assertThat(status(second).counts().values()).as("all of it is there").containsOnly(0);
  }

  @Test
  void aModuleThatIsTakenOutMeanwhileIsNotFitted() throws Exception {
    database.execute(
        "insert into device (organisation_id, kind, state, imei, serial, model) values"
            + " (1, 'MODULE', 'REGISTERED', 101, 50, 642)");
    ListId list =
        read(
            """
            Населённый пункт;Ресурс;Тип счётчика;Номер счётчика;Установлен;Серийный номер модуля
            Пермь;ХВС;СГВ;1;15.01.2026;50
            """);
    assertThat(lists.begin(CALLER, list, false)).isTrue();
    try (Connection holder = database.plain().getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("update device set state = 'RETIRED' where serial = 50");
      Future<Boolean> applying =
          threads.submit(() -> database.inTransaction(() -> work.apply(CALLER, list, false)));
      database.awaitWaiting();
      holder.commit();
      assertThatThrownBy(applying::get)
          .hasMessageContaining("a module of list " + list.value() + " was taken out meanwhile");
    }
    assertThat(serials()).isNull();
    assertThat(database.value("select count(*) from meter_device")).isEqualTo("0");
  }

  @Test
  void aListThatNobodyWorksOnAnyMoreHasFailed() throws Exception {
    ListId left = lists.announce(CALLER, OURS, "left.csv", ZoneId.of("Europe/Moscow"));
    ListId waiting = lists.announce(CALLER, OURS, "waiting.csv", ZoneId.of("Europe/Moscow"));
    ListId held = lists.announce(CALLER, OURS, "held.csv", ZoneId.of("Europe/Moscow"));
    database.execute("update meter_list set progress = 5 where file_name = 'left.csv'");
    assertThat(status(left).state()).as("it was touched just now").isEqualTo(State.READING);
    String states = "select string_agg(state, ' ' order by id) from meter_list";
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<?> working =
        inTurn(
            held,
            () -> {
              began.countDown();
              goOn.await();
            });
    began.await();
    database.execute("update meter_list set touched_at = now() - interval '11 seconds'");
    lists.recent(OTHER);
    assertThat(database.value(states))
        .as("others have no business with it")
        .isEqualTo("READING READING READING");
    assertThat(status(left).state()).isEqualTo(State.FAILED);
    assertThat(status(waiting).state()).as("its turn may come").isEqualTo(State.READING);
    assertThat(status(held).state()).isEqualTo(State.READING);
    goOn.countDown();
    working.get();
    database.execute("update meter_list set touched_at = now() - interval '11 minutes'");
    lists.begin(new Started(Instant.EPOCH));
    assertThat(database.value(states)).isEqualTo("FAILED FAILED FAILED");
  }

  @Test
  void aListThatIsGivenUpWhileItIsAppliedChangesNothing() throws Exception {
    ListId list = checked("Пермь;ХВС;СГВ;1;15.01.2026\n");
    assertThat(lists.begin(CALLER, list, false)).isTrue();
    try (Connection holder = database.plain().getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table meter_place in access exclusive mode");
      Future<Boolean> applying =
          threads.submit(() -> database.inTransaction(() -> work.apply(CALLER, list, false)));
      database.awaitWaiting();
      assertThat(lists.cancel(OTHER, list)).isFalse();
      assertThat(lists.cancel(CALLER, list)).isTrue();
      assertThat(lists.cancel(CALLER, list)).as("once").isFalse();
      holder.rollback();
      assertThatThrownBy(applying::get).hasCauseInstanceOf(GivenUpException.class);
    }
    assertThat(status(list).state()).isEqualTo(State.CANCELLED);
    assertThat(serials()).isNull();
    assertThat(database.value("select count(*) from site")).isEqualTo("0");
    assertThat(database.value("select count(*) from audit")).isEqualTo("0");
  }

  @Test
  void aListThatIsGivenUpWhileItIsReadIsForgotten() throws Exception {
    ListId list = lists.announce(CALLER, OURS, "list.csv", ZoneId.of("Europe/Moscow"));
    assertThat(lists.cancel(CALLER, list)).isTrue();
    Path file = folder.resolve("list.csv");
    Files.writeString(file, HEADER + "Пермь;ХВС;СГВ;1;15.01.2026\n");
    assertThatThrownBy(() -> work.stage(list, file)).isInstanceOf(GivenUpException.class);
    work.forget(list);
    assertThat(database.value("select count(*) from meter_list_line")).isEqualTo("0");
    assertThat(status(list).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void whatIsAppliedIsNotGivenUpAnyMore() throws Exception {
    ListId list = checked("Пермь;ХВС;СГВ;1;15.01.2026\n");
    assertThat(lists.begin(CALLER, list, false)).isTrue();
    database.inTransaction(() -> work.apply(CALLER, list, false));
    assertThat(lists.cancel(CALLER, list)).isFalse();
    assertThat(status(list).state()).isEqualTo(State.APPLIED);
    assertThat(lists.recent(CALLER)).extracting(ListStatus::id).containsExactly(list);
    assertThat(lists.recent(OTHER)).isEmpty();
  }

  @Test
  void anHourThatClocksLeaveOutIsNoTime() throws Exception {
    ListId list =
        read(
            """
            Населённый пункт;Ресурс;Тип счётчика;Номер счётчика;Установлен;Часовой пояс
            Берлин;ХВС;СГВ;1;29.03.2026 02:00;Europe/Berlin
            Берлин;ГВС;СГВ;2;29.03.2026 02:59:59;Europe/Berlin
            Берлин;ГАЗ;СГ;3;29.03.2026 03:00;Europe/Berlin
            Берлин;Тепло;СТ;4;29.03.2026 01:59:59;Europe/Berlin
            Берлин;Электроэнергия;СЭ;5;25.10.2026 02:30;Europe/Berlin
            """);
    StringBuilder told = new StringBuilder();
    lists.report(
        CALLER,
        list,
        error -> told.append(error.line()).append(' ').append(error.problem()).append('|'));
    assertThat(told).hasToString("2 NO_SUCH_TIME|3 NO_SUCH_TIME|");
    assertThat(lists.begin(CALLER, list, true)).isTrue();
    database.inTransaction(() -> work.apply(CALLER, list, true));
    assertThat(
            database.value(
                "select string_agg(to_char(lower(valid) at time zone 'UTC', 'MM-DD HH24:MI:SS'), ' '"
                    + " order by meter_id) from meter_place"))
        .as("of the hour that comes twice the second")
        .isEqualTo("03-29 01:00:00 03-29 00:59:59 10-25 01:30:00");
  }

  /** Applies a list; something of another one, begun before that is over, waits for it. */
  private void applied(ListId list, ListId other, Step beside) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<?> applying =
        inTurn(
            list,
            () -> {
              work.apply(CALLER, list, false);
              done.countDown();
              goOn.await();
            });
    done.await();
    Future<?> waiting = inTurn(other, beside);
    database.awaitWaiting();
    goOn.countDown();
    applying.get();
    waiting.get();
  }

  private interface Step {
    void run() throws Exception;
  }

  /** As a thread of the server's does it. */
  private Future<?> inTurn(ListId list, Step step) {
    return threads.submit(
        () -> {
          WorkedOn.whileRunning(
              database.plain(),
              list,
              new ListProgress(database.plain()),
              () -> inTransaction(step));
          return null;
        });
  }

  private void inTransaction(Step step) {
    try {
      database.inTransaction(
          () -> {
            step.run();
            return null;
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private ListStatus status(ListId list) {
    return lists.status(CALLER, list).orElseThrow();
  }

  private String serials() throws Exception {
    return database.value("select string_agg(serial, ',' order by serial) from meter");
  }

  private ListId checked(String lines) throws Exception {
    ListId list = read(HEADER + lines);
    assertThat(status(list).errors()).isZero();
    return list;
  }

  private ListId read(String text) throws Exception {
    ListId list = staged(text);
    check(list);
    return list;
  }

  private Void check(ListId list) throws Exception {
    return database.inTransaction(
        () -> {
          work.check(list, SCOPE);
          return null;
        });
  }

  private ListId staged(String text) throws Exception {
    ListId list = lists.announce(CALLER, OURS, "list.csv", ZoneId.of("Europe/Moscow"));
    Path file = folder.resolve("list" + list.value());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    assertThat(work.stage(list, file)).isTrue();
    return list;
  }
}
