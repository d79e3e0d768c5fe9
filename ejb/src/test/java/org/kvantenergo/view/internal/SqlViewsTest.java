package org.kvantenergo.view.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.view.Look;
import org.kvantenergo.view.Ready;
import org.kvantenergo.view.SavedView;
import org.kvantenergo.view.Shelf;
import org.kvantenergo.view.ViewId;
import org.kvantenergo.view.ViewRefusedException;
import org.kvantenergo.view.ViewRefusedException.Reason;
import org.kvantenergo.view.Views;

class SqlViewsTest {

  private static final Look LOOK =
      new Look("IMEI:121,-RSSI", "28", "RECEIVED-,SERIAL", "1,2", "battery:..3.4;errors");
  private static final Look OTHER = new Look("SERIAL", "36", "", "all", "");

  private final TestDatabase database = TestDatabase.create();
  private final SqlViews views = new SqlViews(database.dataSource());
  private final Caller ivanov = caller(1, 1);
  private final Caller petrov = caller(2, 1);
  private final Caller heat = caller(3, 2);

  @BeforeEach
  void people() throws Exception {
    database.execute(
        """
        insert into organisation (name) values ('Водоканал'), ('Теплосеть');
        insert into account (organisation_id, login, name, password_hash)
          values (1, 'ivanov', 'Иванов', ''), (1, 'petrov', 'Петров', ''), (2, 'heat', 'Теплов', '');
        """);
  }

  @Test
  void aViewIsSavedRenamedChangedAndForgotten() {
    ViewId id = views.add(ivanov, " Ночь ", LOOK);
    assertThat(views.shelf(ivanov).views())
        .containsExactly(new SavedView(id, "Ночь", false, true, "Иванов", LOOK));
    views.change(ivanov, id, "Утро", true);
    views.save(ivanov, id, OTHER);
    assertThat(views.find(ivanov, id))
        .contains(new SavedView(id, "Утро", true, true, "Иванов", OTHER));
    views.remove(ivanov, id);
    assertThat(views.shelf(ivanov))
        .isEqualTo(new Shelf(java.util.List.of(), null, Ready.LAST, null));
  }

  @Test
  void onlyASharedOneIsSeenAndOnlyByTheSameOrganisation() {
    ViewId id = views.add(ivanov, "Ночь", LOOK);
    assertThat(views.find(petrov, id)).isEmpty();
    views.change(ivanov, id, "Ночь", true);
    assertThat(views.find(petrov, id))
        .contains(new SavedView(id, "Ночь", true, false, "Иванов", LOOK));
    assertThat(views.find(heat, id)).isEmpty();
    assertThat(views.shelf(petrov).views()).isEmpty();
  }

  @Test
  void nobodyElseChangesIt() {
    ViewId id = views.add(ivanov, "Ночь", LOOK);
    views.change(ivanov, id, "Ночь", true);
    assertThat(refused(() -> views.save(petrov, id, OTHER))).isEqualTo(Reason.UNKNOWN);
    assertThat(refused(() -> views.change(petrov, id, "x", false))).isEqualTo(Reason.UNKNOWN);
    assertThat(refused(() -> views.remove(petrov, id))).isEqualTo(Reason.UNKNOWN);
    assertThat(refused(() -> views.startWith(petrov, id))).isEqualTo(Reason.UNKNOWN);
    assertThat(views.find(ivanov, id)).get().extracting(SavedView::look).isEqualTo(LOOK);
  }

  @Test
  void namesAreTheirOwnersAndSoIsHowMany() {
    ViewId id = views.add(ivanov, "Ночь", LOOK);
    views.add(petrov, "Ночь", LOOK);
    assertThat(refused(() -> views.add(ivanov, "Ночь", LOOK))).isEqualTo(Reason.EXISTS);
    assertThat(refused(() -> views.add(ivanov, "  ", LOOK))).isEqualTo(Reason.VALUE);
    assertThat(refused(() -> views.add(ivanov, "x".repeat(61), LOOK))).isEqualTo(Reason.VALUE);
    Look endless = new Look("x".repeat(4001), "", "", "", "");
    assertThat(refused(() -> views.save(ivanov, id, endless))).isEqualTo(Reason.VALUE);
    assertThat(refused(() -> views.keep(ivanov, endless))).isEqualTo(Reason.VALUE);
    for (int i = 1; i < Views.MOST; i++) {
      views.add(ivanov, "Вид " + i, LOOK);
    }
    assertThat(refused(() -> views.add(ivanov, "Ещё", LOOK))).isEqualTo(Reason.MANY);
  }

  @Test
  void whatThePageOpensWithIsChosen() {
    ViewId id = views.add(ivanov, "Ночь", LOOK);
    views.startWith(ivanov, id);
    views.keep(ivanov, LOOK);
    Shelf shelf = views.shelf(ivanov);
    assertThat(shelf.start()).isEqualTo(id);
    assertThat(shelf.left())
        .isEqualTo(new Look(LOOK.columns(), LOOK.density(), LOOK.sorting(), "", ""));
    views.startWithReady(ivanov, Ready.DUTY);
    assertThat(views.shelf(ivanov).start()).isNull();
    assertThat(views.shelf(ivanov).ready()).isEqualTo(Ready.DUTY);
    views.startWith(ivanov, id);
    views.remove(ivanov, id);
    assertThat(views.shelf(ivanov).start()).isNull();
    assertThat(views.shelf(ivanov).ready()).isEqualTo(Ready.LAST);
  }

  private static Reason refused(Runnable change) {
    return catchThrowableOfType(ViewRefusedException.class, change::run).reason();
  }

  private static Caller caller(long account, long organisation) {
    return new Caller(
        account,
        "x",
        "",
        new Scope(new OrganisationId(organisation), false),
        Set.of(Permission.READ_DEVICES));
  }
}
