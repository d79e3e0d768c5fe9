package org.kvantenergo.registry.lists.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.ListStatus;
import org.kvantenergo.registry.lists.ListStatus.Count;
import org.kvantenergo.registry.lists.ListStatus.State;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

/**
 * A list as a town has it: 100,000 lines with -Pfull, else 10,000. Says how long each step took;
 * what is asserted is what came of it, never the time.
 */
class LargeListTest {

  private static final int LINES = Boolean.getBoolean("kvant.full") ? 100_000 : 10_000;
  private static final int FLATS = 100;
  private static final OrganisationId OURS = new OrganisationId(1);
  private static final Scope SCOPE = new Scope(OURS, false);
  private static final Caller CALLER =
      new Caller(1, "engineer", "", SCOPE, Set.of(Permission.REGISTER));

  @TempDir private Path folder;
  private final TestDatabase database = TestDatabase.create();
  private final ListProgress progress = new ListProgress(database.dataSource());
  private final ListWork work =
      new ListWork(
          database.dataSource(),
          progress,
          new SqlAuditTrail(database.dataSource(), Clock.systemUTC()));
  private final ListsBean lists = new ListsBean(database.dataSource(), work, progress);

  @Test
  void aTownIsTriedAppliedAndBroughtAgain() throws Exception {
    database.execute("insert into organisation (name) values ('Наша')");
    database.execute(
        """
        insert into device (organisation_id, kind, state, imei, serial, model)
        select 1, 'MODULE', 'REGISTERED', 860000000000000 + n, 200000000000 + n, 642
        from generate_series(1, %d) as n
        """
            .formatted(LINES));
    int flats = LINES / 2;
    int sites = 2 + flats / FLATS + flats;

    ListId list = tried("dry run");
    ListStatus status = lists.status(CALLER, list).orElseThrow();
    assertThat(status.state()).isEqualTo(State.CHECKED);
    assertThat(status.errors()).isZero();
    assertThat(status.counts())
        .containsEntry(Count.SITES, sites)
        .containsEntry(Count.METERS, LINES)
        .containsEntry(Count.PLACED, LINES)
        .containsEntry(Count.FITTED, LINES)
        .containsEntry(Count.SEALED, LINES)
        .containsEntry(Count.VERIFIED, LINES)
        .containsEntry(Count.SETTLED, flats);
    assertThat(database.value("select count(*) from meter")).isEqualTo("0");

    long began = System.nanoTime();
    assertThat(lists.begin(CALLER, list, false)).isTrue();
    database.inTransaction(() -> work.apply(CALLER, list, false));
    say("apply", began);
    assertThat(lists.status(CALLER, list).orElseThrow().state()).isEqualTo(State.APPLIED);
    assertThat(database.value("select count(*) from meter_device"))
        .isEqualTo(Integer.toString(LINES));

    ListStatus again = lists.status(CALLER, tried("dry run of the same again")).orElseThrow();
    assertThat(again.errors()).isZero();
    assertThat(again.counts().values()).containsOnly(0);
  }

  private ListId tried(String what) throws Exception {
    Path file = folder.resolve("town.csv");
    town(file);
    long began = System.nanoTime();
    ListId list = lists.announce(CALLER, OURS, "town.csv", ZoneId.of("Europe/Moscow"));
    assertThat(work.stage(list, file)).isTrue();
    say("reading", began);
    database.inTransaction(
        () -> {
          work.check(list, SCOPE);
          return null;
        });
    say(what, began);
    return list;
  }

  private static void say(String what, long began) {
    System.getLogger("org.kvantenergo.measured")
        .log(
            System.Logger.Level.INFO,
            String.format(
                Locale.ROOT,
                "%,d lines, %s: %.1f s",
                LINES,
                what,
                (System.nanoTime() - began) / 1e9));
  }

  /** Cold and hot water of every flat, each with a module and a seal. */
  private static void town(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "Населённый пункт;Улица;Дом;Квартира;Ресурс;Место;Тип счётчика;Номер счётчика;"
              + "Ёмкость счётного механизма;Диаметр, мм;Установлен;Поверен;Поверить до;Пломбы;"
              + "Серийный номер модуля;Лицевой счёт;Потребитель;Счёт открыт\n");
      for (int i = 0; i < LINES; i++) {
        int flat = i / 2;
        out.write(
            "Пермь;ул. Ленина;%d;%d;%s;кухня;СГВ-15;%d;99999,999;15;15.01.2026 14:20;01.12.2025;"
                    .formatted(
                        flat / FLATS + 1,
                        flat % FLATS + 1,
                        i % 2 == 0 ? "ХВС" : "ГВС",
                        1_000_000 + i)
                + "01.12.2031;П-%d;%d;40-%d;Иванов И. И.;01.02.2026%n"
                    .formatted(i, 200_000_000_001L + i, flat));
      }
    }
  }
}
