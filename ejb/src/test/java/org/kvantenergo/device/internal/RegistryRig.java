package org.kvantenergo.device.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.command.internal.CommandsOfDevices;
import org.kvantenergo.event.Event;
import org.kvantenergo.reading.internal.RecordsOfDevices;
import org.kvantenergo.registry.internal.MetersOfDevices;
import org.kvantenergo.session.internal.SessionsOfDevices;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.SecretBox;

/** The registry for people on a real PostgreSQL, with all that other features have of devices. */
public final class RegistryRig {

  /** Runs the installation. */
  public static final OrganisationId OPERATOR = new OrganisationId(1);

  /** Two others, side by side. */
  public static final OrganisationId NORTH = new OrganisationId(2);

  public static final OrganisationId SOUTH = new OrganisationId(3);

  public final TestDatabase database;
  public final List<Event> events = new ArrayList<>();
  public final Uses uses;
  public final SqlDeviceBook book;
  public final SqlDeviceRegistration registration;
  public final SqlDeviceChanges changes;
  public final SqlDeviceSwaps swaps;
  public final SqlDeviceGroups groups;
  public final SqlDeviceKeys keys;
  public final SqlDeviceKeyring keyring;

  public RegistryRig(TestDatabase database) {
    this.database = database;
    SqlAuditTrail audit = new SqlAuditTrail(database.dataSource(), Clock.systemUTC());
    SecretBox box = new SecretBox();
    box.use(new byte[SecretBox.KEY_LENGTH]);
    uses =
        new Uses(
            List.of(
                new SqlDeviceStates(database.dataSource()),
                new RecordsOfDevices(database.dataSource()),
                new SessionsOfDevices(database.dataSource()),
                new CommandsOfDevices(database.dataSource()),
                new MetersOfDevices(database.dataSource())));
    book = new SqlDeviceBook(database.dataSource());
    registration = new SqlDeviceRegistration(database.dataSource(), uses, audit, events::addAll);
    changes = new SqlDeviceChanges(database.dataSource(), uses, audit, events::addAll);
    swaps = new SqlDeviceSwaps(database.dataSource(), uses, audit, events::addAll);
    groups = new SqlDeviceGroups(database.dataSource(), audit);
    keys = new SqlDeviceKeys(database.dataSource(), box);
    keyring = new SqlDeviceKeyring(database.dataSource(), keys, uses, audit);
  }

  /** The three organisations, and a group of each of the two. */
  public RegistryRig organisations() throws Exception {
    database.execute(
        """
        insert into organisation (name, runs_installation, kind) values ('Квант', true, 'OPERATOR');
        insert into organisation (name) values ('Север'), ('Юг');
        insert into device_group (organisation_id, name, position)
          values (2, 'Дома', 1), (3, 'Дачи', 1);
        """);
    return this;
  }

  /** Somebody who may do everything. */
  public static Caller of(OrganisationId organisation) {
    return new Caller(
        1,
        "engineer",
        "",
        new Scope(organisation, organisation.equals(OPERATOR)),
        EnumSet.allOf(Permission.class));
  }

  /** What the last row of the audit says. */
  public String audited() throws Exception {
    return database.value(
        """
        select action || ' [' || object || '] ' || replace(before, E'\\n', ' ') || ' -> '
          || replace(after, E'\\n', ' ')
        from audit order by id desc limit 1
        """);
  }
}
