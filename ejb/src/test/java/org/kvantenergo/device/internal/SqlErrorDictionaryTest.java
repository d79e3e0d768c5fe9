package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kvantenergo.device.internal.RegistryRig.NORTH;
import static org.kvantenergo.device.internal.RegistryRig.OPERATOR;

import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.device.ErrorDictionary.Entry;
import org.kvantenergo.device.ErrorDictionary.Mask;
import org.kvantenergo.device.ErrorDictionary.Outcome;
import org.kvantenergo.device.ErrorDictionary.Row;
import org.kvantenergo.device.ErrorDictionary.Severity;
import org.kvantenergo.device.ErrorNames;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.NotPermittedException;

class SqlErrorDictionaryTest {

  private static final Caller KEEPER = RegistryRig.of(OPERATOR);

  private final RegistryRig rig = new RegistryRig(TestDatabase.create());
  private final SqlErrorDictionary dictionary =
      new SqlErrorDictionary(
          rig.database.dataSource(),
          new SqlAuditTrail(rig.database.dataSource(), Clock.systemUTC()));

  @BeforeEach
  void organisations() throws Exception {
    rig.organisations();
  }

  private static Entry entry(Integer model, Integer protocol, String name) {
    return new Entry(model, protocol, Mask.CONTROL, 2, name, name + "-en", Severity.LOOK);
  }

  private String name(int model, int protocol) {
    ErrorNames names = dictionary.names();
    return names.of(model, protocol, Mask.CONTROL, 2).map(Entry::russian).orElse("бит 2");
  }

  private Outcome add(Entry entry) {
    return dictionary.add(KEEPER, entry);
  }

  @Test
  void theMostSpecificEntryNamesABit() {
    assertThat(name(642, 5)).isEqualTo("бит 2");
    assertThat(add(entry(null, null, "любая"))).isEqualTo(Outcome.DONE);
    assertThat(name(642, 5)).isEqualTo("любая");
    assertThat(add(entry(null, 5, "версия"))).isEqualTo(Outcome.DONE);
    assertThat(add(entry(642, null, "модель"))).isEqualTo(Outcome.DONE);
    assertThat(name(642, 5)).as("a model says more than a version").isEqualTo("модель");
    assertThat(name(447, 5)).isEqualTo("версия");
    assertThat(name(447, 8)).isEqualTo("любая");
    assertThat(add(entry(642, 5, "обе"))).isEqualTo(Outcome.DONE);
    assertThat(name(642, 5)).isEqualTo("обе");
    assertThat(name(642, 8)).isEqualTo("модель");
    assertThat(add(entry(642, 5, "снова"))).isEqualTo(Outcome.EXISTS);
  }

  @Test
  void onlyWhatTheProtocolSaysIsThereFromTheStart() {
    assertThat(dictionary.list()).hasSize(5).allMatch(row -> row.entry().mask() == Mask.STATUS);
  }

  @Test
  void changesAreCheckedAndNoted() throws Exception {
    add(entry(642, 5, " Обратный поток "));
    assertThat(rig.audited())
        .isEqualTo(
            "ERROR_BIT_ADDED [error bit CONTROL 2]  -> bit=CONTROL 2 english= Обратный поток -en "
                    .replace("= О", "=О")
                + "model=642 protocol=5 russian=Обратный поток severity=LOOK");
    Row row = dictionary.list().get(0);
    assertThat(dictionary.change(KEEPER, row.id(), row.version(), entry(642, null, "Утечка")))
        .isEqualTo(Outcome.DONE);
    assertThat(rig.audited()).startsWith("ERROR_BIT_CHANGED").contains("russian=Утечка");
    assertThat(dictionary.change(KEEPER, row.id(), row.version(), entry(642, 5, "Поздно")))
        .isEqualTo(Outcome.CHANGED);
    add(entry(1, 1, "x"));
    assertThat(dictionary.change(KEEPER, row.id(), row.version() + 1, entry(1, 1, "x")))
        .isEqualTo(Outcome.EXISTS);
    assertThat(dictionary.remove(KEEPER, row.id(), row.version())).isEqualTo(Outcome.CHANGED);
    assertThat(dictionary.remove(KEEPER, row.id(), row.version() + 1)).isEqualTo(Outcome.DONE);
    assertThat(rig.audited()).startsWith("ERROR_BIT_REMOVED");
    assertThat(dictionary.remove(KEEPER, row.id(), 0)).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThat(add(entry(null, null, " "))).isEqualTo(Outcome.MALFORMED);
    assertThat(add(entry(null, null, "x".repeat(101)))).isEqualTo(Outcome.MALFORMED);
    assertThat(add(entry(65_536, null, "x"))).isEqualTo(Outcome.MALFORMED);
    assertThat(add(entry(null, 256, "x"))).isEqualTo(Outcome.MALFORMED);
    assertThat(add(new Entry(null, null, Mask.CONTROL, 16, "x", "x", Severity.ACT)))
        .isEqualTo(Outcome.MALFORMED);
  }

  @Test
  void itBelongsToWhoRunsTheInstallation() {
    Caller north = RegistryRig.of(NORTH);
    assertThat(dictionary.add(north, entry(1, 1, "x"))).isEqualTo(Outcome.NOT_YOURS);
    assertThat(dictionary.change(north, 1, 0, entry(1, 1, "x"))).isEqualTo(Outcome.NOT_YOURS);
    assertThat(dictionary.remove(north, 1, 0)).isEqualTo(Outcome.NOT_YOURS);
    Caller nobody = new Caller(1, "x", "", KEEPER.scope(), Set.of());
    assertThatThrownBy(() -> dictionary.remove(nobody, 1, 0))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void whoWritesACommentOverAnothersIsRefused() throws Exception {
    rig.database.execute(
        """
        insert into device (organisation_id, group_id, kind, state, imei, serial, model, comment)
          values (2, 1, 'MODULE', 'REGISTERED', 101, 201, 642, 'кв. 15'),
                 (3, 2, 'MODULE', 'REGISTERED', 102, 202, 642, '');
        """);
    Caller north = RegistryRig.of(NORTH);
    var device = new org.kvantenergo.shared.DeviceId(1);
    rig.changes.comment(north, device, "кв. 15", " кв. 16 ");
    assertThat(rig.audited())
        .isEqualTo("COMMENT_CHANGED [device 1, serial 201] comment=кв. 15 -> comment=кв. 16");
    assertThat(rig.events).hasSize(1);
    refused("CHANGED", () -> rig.changes.comment(north, device, "кв. 15", "кв. 17"));
    // Somebody else was quicker with the same.
    rig.changes.comment(north, device, "кв. 15", "кв. 16");
    assertThat(rig.events).hasSize(1);
    refused("VALUE", () -> rig.changes.comment(north, device, "кв. 16", "x".repeat(501)));
    var others = new org.kvantenergo.shared.DeviceId(2);
    refused("UNKNOWN", () -> rig.changes.comment(north, others, "", "x"));
  }

  private static void refused(String reason, Runnable change) {
    assertThatThrownBy(change::run).hasMessage("refused: " + reason);
  }
}
