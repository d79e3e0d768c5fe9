package org.kvantenergo.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.account.AccountSetup;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.internal.SqlDeviceKeys;
import org.kvantenergo.device.internal.SqlDeviceRegistry;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.SecretBox;

class DemoDataTest {

  private final TestDatabase database = TestDatabase.create();
  private final List<OrganisationId> asked = new ArrayList<>();
  private final DeviceRegistry registry = new SqlDeviceRegistry(database.dataSource());
  private final DemoData demo =
      new DemoData(
          database.dataSource(),
          registry,
          keys(),
          new AccountSetup() {
            @Override
            public void openBreachedPasswords() {
              throw new UnsupportedOperationException();
            }

            @Override
            public boolean createFirstAdministrator(char[] password) {
              throw new AssertionError("a demo has users of its own");
            }

            @Override
            public void createDemoAccounts(OrganisationId organisation) {
              asked.add(organisation);
            }
          });

  private SqlDeviceKeys keys() {
    SecretBox box = new SecretBox();
    box.use(new byte[SecretBox.KEY_LENGTH]);
    return new SqlDeviceKeys(database.dataSource(), box);
  }

  @Test
  void theRecordedKeyIsGivenOnce() throws Exception {
    prepare(0);
    database.execute("update device_key set counter = 7");
    prepare(0);
    assertThat(
            database.value(
                "select concat_ws(' ', serial, counter) from device_key join device on id = device_id"))
        .isEqualTo("207900001421 7");
  }

  @Test
  void recordedModulesAndAFleetTwiceIsOnce() throws Exception {
    prepare(25_000);
    prepare(25_000);

    assertThat(groups()).isEqualTo("642M_MTS 1 4,642R_RADIO 2 2,642M_DEMO 3 25000");
    assertThat(
            database.value(
                "select concat_ws(' ', kind, imei, serial, model, state, commissioned_at at time"
                    + " zone 'UTC') from device where serial = 207900001121"))
        .isEqualTo("MODULE 868333030969634 207900001121 642 REGISTERED 2020-12-16 09:00:00");
    assertThat(
            database.value(
                "select concat_ws(' ', min(imei), min(serial), max(imei), max(serial))"
                    + " from device join device_group g on g.id = group_id"
                    + " where name = '642M_DEMO'"))
        .isEqualTo("860000000000001 300000000001 860000000025000 300000025000");
    assertThat(
            database.value("select string_agg(name || runs_installation, ',') from organisation"))
        .isEqualTo("НПП КП «КВАНТ»true");
    assertThat(asked).hasSize(2);
  }

  @Test
  void stationsAndBlocksHaveAGroupOfTheirOwn() throws Exception {
    database.inTransaction(
        () -> {
          demo.prepare(new DemoData.Size(0, 2, 5));
          return null;
        });
    assertThat(groups()).isEqualTo("642M_MTS 1 4,642R_RADIO 2 2,642R_DEMO 4 7");
    assertThat(
            database.value(
                "select string_agg(concat_ws(' ', kind, imei, serial, model), ', ' order by serial)"
                    + " from device where serial in (320000000002, 330000000005)"))
        .isEqualTo("BASE_STATION 0 320000000002 900, BLOCK 0 330000000005 642");
  }

  @Test
  void theFleetGrowsAndNeverShrinks() throws Exception {
    prepare(0);
    assertThat(groups()).isEqualTo("642M_MTS 1 4,642R_RADIO 2 2");
    prepare(10);
    prepare(5);
    assertThat(groups()).isEqualTo("642M_MTS 1 4,642R_RADIO 2 2,642M_DEMO 3 10");
  }

  @Test
  void whatReportedBeforeItWasRegisteredKeepsItsRow() throws Exception {
    database.execute(
        "insert into device (kind, state, imei, serial, model)"
            + " values ('MODULE', 'UNREGISTERED', 860000000000001, 300000000001, 0)");
    String id = database.value("select id from device");
    prepare(2);
    assertThat(
            database.value(
                "select state || ' ' || model || ' ' || (select name from device_group"
                    + " where id = group_id) from device where id = "
                    + id))
        .isEqualTo("REGISTERED 642 642M_DEMO");
    assertThat(groups()).endsWith("642M_DEMO 3 2");
  }

  private void prepare(int modules) throws Exception {
    database.inTransaction(
        () -> {
          demo.prepare(new DemoData.Size(modules, 0, 0));
          return null;
        });
  }

  private String groups() throws Exception {
    return database.value(
        """
        select string_agg(g.name || ' ' || g.position || ' ' || n.devices, ',' order by g.position)
        from device_group g,
          lateral (select count(*) as devices from device where group_id = g.id) n
        """);
  }
}
