package org.kvantenergo.device.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kvantenergo.device.internal.RegistryRig.NORTH;
import static org.kvantenergo.device.internal.RegistryRig.OPERATOR;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.device.DeviceEntry;
import org.kvantenergo.device.DeviceRow.Kind;
import org.kvantenergo.device.DeviceSearch;
import org.kvantenergo.device.DeviceSearch.Which;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Slice;

class SqlDeviceBookTest {

  private static final Caller ENGINEER = RegistryRig.of(OPERATOR);
  private static final Slice FIRST = new Slice(0, 80);
  private static final Instant MAY = Instant.parse("2026-05-01T10:00:00Z");

  private final RegistryRig rig = new RegistryRig(TestDatabase.create());

  @BeforeEach
  void devices() throws Exception {
    rig.organisations();
    rig.database.execute(
        """
        insert into device (id, organisation_id, group_id, kind, state, imei, serial, model, comment)
          overriding system value values
          (1, 2, 1, 'MODULE', 'REGISTERED', 868333030969592, 207900001221, 642, 'подвал'),
          (2, 3, null, 'BASE_STATION', 'BLOCKED', 0, 207900009001, 900, ''),
          (3, 2, null, 'MODULE', 'RETIRED', 868333030969601, 207900001222, 642, '');
        insert into device (id, kind, state, imei, serial, model, created_at)
          overriding system value values
          (4, 'MODULE', 'UNREGISTERED', 868333030969599, 207900001221, 0, '2026-05-01T10:00:00Z'),
          (5, 'MODULE', 'UNREGISTERED', 868333030969592, 2079000099991, 0, now()),
          (6, 'BLOCK', 'UNREGISTERED', 0, 77, 0, now());
        insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at)
          values (4, 1, 5, 643, '8970', '2026-05-01T10:00:00Z');
        insert into device_key (device_id, sealed, set_at)
          values (1, '', '2026-05-01T10:00:00Z');
        """);
  }

  private List<Long> found(Caller caller, DeviceSearch search) {
    return rig.book.list(caller, search, FIRST).rows().stream().map(d -> d.id().value()).toList();
  }

  private List<Long> found(Which which, Kind kind, String digits, Integer model) {
    return found(ENGINEER, new DeviceSearch(which, kind, digits, model, true, null));
  }

  @Test
  void eachStateHasItsList() {
    assertThat(rig.book.counts(ENGINEER))
        .isEqualTo(
            Map.of(
                Which.UNREGISTERED, 3L,
                Which.SWAPPED, 2L,
                Which.REGISTERED, 1L,
                Which.BLOCKED, 1L,
                Which.RETIRED, 1L));
    assertThat(found(Which.UNREGISTERED, null, "", null)).containsExactly(6L, 4L, 5L);
    assertThat(found(Which.SWAPPED, null, "", null)).containsExactly(4L, 5L);
    assertThat(found(Which.REGISTERED, null, "", null)).containsExactly(1L);
    assertThat(found(Which.BLOCKED, null, "", null)).containsExactly(2L);
    assertThat(found(Which.RETIRED, null, "", null)).containsExactly(3L);
  }

  @Test
  void aRowSaysWhatIsKnown() {
    assertThat(rig.book.find(ENGINEER, new DeviceId(1)))
        .hasValueSatisfying(
            device -> {
              assertThat(device.owner()).isEqualTo(new DeviceEntry.Owner(NORTH, "Север"));
              assertThat(device.group().name()).isEqualTo("Дома");
              assertThat(device.comment()).isEqualTo("подвал");
              assertThat(device.keySince()).isEqualTo(MAY);
              assertThat(device.heardAt()).isNull();
              assertThat(device.swapped()).isFalse();
            });
    DeviceEntry.Holder holder =
        new DeviceEntry.Holder(
            new DeviceId(1), Kind.MODULE, 868333030969592L, 207900001221L, "Север");
    assertThat(rig.book.find(ENGINEER, new DeviceId(4)))
        .hasValueSatisfying(
            device -> {
              assertThat(device.owner()).isNull();
              assertThat(device.reportedModel()).isEqualTo(643);
              assertThat(device.firstAt()).isEqualTo(MAY);
              assertThat(device.heardAt()).isEqualTo(MAY);
              assertThat(device.bySerial()).isEqualTo(holder);
              assertThat(device.byImei()).isNull();
            });
    assertThat(rig.book.find(ENGINEER, new DeviceId(5)).get().byImei()).isEqualTo(holder);
  }

  @Test
  void numbersAreFoundWholeAndByHowTheyBegin() {
    assertThat(found(Which.REGISTERED, null, "868333030969592", null)).containsExactly(1L);
    assertThat(found(Which.REGISTERED, null, "86833303096959", null)).containsExactly(1L);
    assertThat(found(Which.REGISTERED, null, "86833303096960", null)).isEmpty();
    assertThat(found(Which.REGISTERED, null, "2079", null)).containsExactly(1L);
    assertThat(found(Which.REGISTERED, null, "207900001221", null)).containsExactly(1L);
    assertThat(found(Which.REGISTERED, null, "1221", null)).isEmpty();
    assertThat(found(Which.UNREGISTERED, null, "77", null)).containsExactly(6L);
    assertThat(found(Which.UNREGISTERED, null, "000000000077", null)).containsExactly(6L);
    assertThat(found(Which.UNREGISTERED, null, "0", null)).containsExactly(6L);
    // A serial number of 13 digits too.
    assertThat(found(Which.UNREGISTERED, null, "20790000", null)).containsExactly(4L, 5L);
    assertThat(found(Which.UNREGISTERED, null, "2079000099991", null)).containsExactly(5L);
    assertThatThrownBy(() -> found(Which.UNREGISTERED, null, "1 or 1", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void kindModelAndContactLimit() {
    assertThat(found(Which.UNREGISTERED, Kind.BLOCK, "", null)).containsExactly(6L);
    assertThat(found(Which.UNREGISTERED, null, "", 643)).containsExactly(4L);
    assertThat(found(Which.REGISTERED, null, "", 642)).containsExactly(1L);
    DeviceSearch heard = new DeviceSearch(Which.UNREGISTERED, null, "", null, true, MAY);
    assertThat(found(ENGINEER, heard)).containsExactly(4L);
    DeviceSearch silent =
        new DeviceSearch(Which.UNREGISTERED, null, "", null, false, MAY.plusSeconds(1));
    assertThat(found(ENGINEER, silent)).containsExactly(6L, 4L, 5L);
    DeviceSearch never = new DeviceSearch(Which.UNREGISTERED, null, "", null, false, MAY);
    assertThat(found(ENGINEER, never)).containsExactly(6L, 5L);
  }

  @Test
  void othersSeeTheirOwnAndNobodyWhoIsNobodys() {
    Caller northern = RegistryRig.of(NORTH);
    assertThat(found(northern, DeviceSearch.of(Which.UNREGISTERED))).isEmpty();
    assertThat(found(northern, DeviceSearch.of(Which.SWAPPED))).isEmpty();
    assertThat(found(northern, DeviceSearch.of(Which.REGISTERED))).containsExactly(1L);
    assertThat(found(northern, DeviceSearch.of(Which.BLOCKED))).isEmpty();
    assertThat(found(northern, DeviceSearch.of(Which.RETIRED))).containsExactly(3L);
    assertThat(rig.book.counts(northern).get(Which.UNREGISTERED)).isZero();
    assertThat(rig.book.find(northern, new DeviceId(4))).isEmpty();
    assertThat(rig.book.find(northern, new DeviceId(2))).isEmpty();
  }

  @Test
  void aSliceIsCutAndTheWholeIsCounted() {
    var page = rig.book.list(ENGINEER, DeviceSearch.of(Which.UNREGISTERED), new Slice(1, 1));
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.rows()).extracting(d -> d.id().value()).containsExactly(4L);
  }
}
