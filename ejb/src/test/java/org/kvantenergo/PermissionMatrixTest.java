package org.kvantenergo;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kvantenergo.shared.Permission.EDIT_DICTIONARIES;
import static org.kvantenergo.shared.Permission.MANAGE_KEYS;
import static org.kvantenergo.shared.Permission.MANAGE_ORGANISATIONS;
import static org.kvantenergo.shared.Permission.MANAGE_ROLES;
import static org.kvantenergo.shared.Permission.MANAGE_USERS;
import static org.kvantenergo.shared.Permission.READ_AUDIT;
import static org.kvantenergo.shared.Permission.READ_DEVICES;
import static org.kvantenergo.shared.Permission.READ_SECRETS;
import static org.kvantenergo.shared.Permission.REGISTER;
import static org.kvantenergo.shared.Permission.RETRY_FRAMES;
import static org.kvantenergo.shared.Permission.SEND_COMMANDS;
import static org.kvantenergo.shared.Permission.SEND_IN_BULK;
import static org.kvantenergo.shared.Permission.TECHNOLOGICAL_MODE;

import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.account.internal.PasswordHasher;
import org.kvantenergo.account.internal.SqlOrganisations;
import org.kvantenergo.account.internal.SqlProviderLinks;
import org.kvantenergo.account.internal.SqlRoles;
import org.kvantenergo.account.internal.SqlUsers;
import org.kvantenergo.account.internal.TechnologicalModeBean;
import org.kvantenergo.audit.internal.SqlAuditLog;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.command.internal.SendingGuard;
import org.kvantenergo.command.internal.SqlCampaigns;
import org.kvantenergo.command.internal.SqlCommandDesk;
import org.kvantenergo.command.internal.SqlCommandPages;
import org.kvantenergo.device.internal.SqlDeviceBook;
import org.kvantenergo.device.internal.SqlDeviceChanges;
import org.kvantenergo.device.internal.SqlDeviceGroups;
import org.kvantenergo.device.internal.SqlDeviceKeyring;
import org.kvantenergo.device.internal.SqlDeviceKeys;
import org.kvantenergo.device.internal.SqlDeviceOwners;
import org.kvantenergo.device.internal.SqlDeviceRegistration;
import org.kvantenergo.device.internal.SqlDeviceSets;
import org.kvantenergo.device.internal.SqlDeviceSwaps;
import org.kvantenergo.device.internal.SqlErrorDictionary;
import org.kvantenergo.device.internal.Uses;
import org.kvantenergo.ingest.WireFrameReader;
import org.kvantenergo.reading.internal.SqlDeviceOutlook;
import org.kvantenergo.registry.internal.SqlRegistryChanges;
import org.kvantenergo.registry.internal.SqlSites;
import org.kvantenergo.registry.lists.internal.ListsBean;
import org.kvantenergo.session.internal.SqlAccessPoints;
import org.kvantenergo.setaside.internal.SqlSetAsideFrames;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.view.internal.SqlViews;

/**
 * Every method of the features' faces that a person calls, with every permission alone: one opens
 * it. And with the ids of what is another's: the answer is the one for ids that there are none of.
 */
class PermissionMatrixTest {

  private static final Map<String, Permission> NEEDS =
      Map.ofEntries(
          entry("SetAsideFrames.retryNow", RETRY_FRAMES),
          entry("SetAsideFrames.retryAllNow", RETRY_FRAMES),
          entry("AuditLog.list", READ_AUDIT),
          entry("AuditLog.export", READ_AUDIT),
          entry("DeviceOwners.transfer", MANAGE_ORGANISATIONS),
          entry("Organisations.add", MANAGE_ORGANISATIONS),
          entry("Organisations.change", MANAGE_ORGANISATIONS),
          entry("Roles.list", MANAGE_ROLES),
          entry("Roles.find", MANAGE_ROLES),
          entry("Roles.add", MANAGE_ROLES),
          entry("Roles.change", MANAGE_ROLES),
          entry("Roles.ask", MANAGE_ROLES),
          entry("Roles.remove", MANAGE_ROLES),
          entry("Users.list", MANAGE_USERS),
          entry("Users.find", MANAGE_USERS),
          entry("Users.roles", MANAGE_USERS),
          entry("Users.add", MANAGE_USERS),
          entry("Users.change", MANAGE_USERS),
          entry("Users.resetPassword", MANAGE_USERS),
          entry("Users.resetFactor", MANAGE_USERS),
          entry("Users.resetSecondPassword", MANAGE_USERS),
          entry("Users.sessions", MANAGE_USERS),
          entry("Users.endSession", MANAGE_USERS),
          entry("Users.block", MANAGE_USERS),
          entry("DeviceBook.list", REGISTER),
          entry("DeviceBook.counts", REGISTER),
          entry("DeviceBook.find", REGISTER),
          entry("DeviceBook.past", REGISTER),
          entry("DeviceRegistration.register", REGISTER),
          entry("DeviceRegistration.tryRule", REGISTER),
          entry("DeviceRegistration.applyRule", REGISTER),
          entry("DeviceChanges.change", REGISTER),
          entry("DeviceChanges.comment", REGISTER),
          entry("ErrorDictionary.add", EDIT_DICTIONARIES),
          entry("ErrorDictionary.change", EDIT_DICTIONARIES),
          entry("ErrorDictionary.remove", EDIT_DICTIONARIES),
          entry("AccessPoints.reveal", READ_SECRETS),
          entry("DeviceChanges.block", REGISTER),
          entry("DeviceChanges.unregister", REGISTER),
          entry("DeviceSwaps.records", REGISTER),
          entry("DeviceSwaps.same", REGISTER),
          entry("DeviceSwaps.replace", REGISTER),
          entry("DeviceSwaps.leaveApart", REGISTER),
          entry("DeviceGroups.list", REGISTER),
          entry("DeviceGroups.add", REGISTER),
          entry("DeviceGroups.rename", REGISTER),
          entry("DeviceGroups.move", REGISTER),
          entry("DeviceGroups.remove", REGISTER),
          entry("DeviceKeyring.make", MANAGE_KEYS),
          entry("DeviceKeyring.set", MANAGE_KEYS),
          entry("DeviceKeyring.remove", MANAGE_KEYS),
          entry("ProviderLinks.find", MANAGE_USERS),
          entry("ProviderLinks.link", MANAGE_USERS),
          entry("ProviderLinks.removePassword", MANAGE_USERS),
          entry("TechnologicalMode.state", TECHNOLOGICAL_MODE),
          entry("TechnologicalMode.enter", TECHNOLOGICAL_MODE),
          entry("TechnologicalMode.entered", TECHNOLOGICAL_MODE),
          entry("TechnologicalMode.leave", TECHNOLOGICAL_MODE),
          entry("TechnologicalMode.choosePassword", TECHNOLOGICAL_MODE),
          entry("Lists.announce", REGISTER),
          entry("Lists.begin", REGISTER),
          entry("RegistryChanges.site", REGISTER),
          entry("RegistryChanges.add", REGISTER),
          entry("RegistryChanges.correct", REGISTER),
          entry("RegistryChanges.place", REGISTER),
          entry("RegistryChanges.remove", REGISTER),
          entry("RegistryChanges.replace", REGISTER),
          entry("RegistryChanges.fit", REGISTER),
          entry("RegistryChanges.unfit", REGISTER),
          entry("RegistryChanges.verify", REGISTER),
          entry("RegistryChanges.seal", REGISTER),
          entry("RegistryChanges.unseal", REGISTER),
          entry("RegistryChanges.replaceBy", REGISTER),
          entry("RegistryChanges.move", REGISTER),
          entry("RegistryChanges.settle", REGISTER),
          entry("RegistryChanges.leave", REGISTER),
          entry("Sites.add", REGISTER),
          entry("Sites.change", REGISTER),
          entry("Sites.remove", REGISTER),
          entry("CommandDesk.check", SEND_COMMANDS),
          entry("CommandDesk.send", SEND_COMMANDS),
          entry("CommandDesk.proposals", SEND_COMMANDS),
          entry("CommandDesk.approve", SEND_COMMANDS),
          entry("CommandDesk.decline", SEND_COMMANDS),
          entry("CommandDesk.cancel", SEND_COMMANDS),
          entry("Commands.list", SEND_COMMANDS),
          entry("Commands.story", SEND_COMMANDS),
          entry("Commands.open", SEND_COMMANDS),
          entry("Commands.underWay", SEND_COMMANDS),
          entry("Commands.modes", SEND_COMMANDS),
          entry("Commands.signs", SEND_COMMANDS),
          entry("Commands.leftOpen", SEND_COMMANDS),
          entry("Commands.archiveProposals", SEND_COMMANDS),
          entry("Campaigns.check", SEND_IN_BULK),
          entry("Campaigns.start", SEND_IN_BULK),
          entry("Campaigns.pause", SEND_IN_BULK),
          entry("Campaigns.resume", SEND_IN_BULK),
          entry("Campaigns.goOn", SEND_IN_BULK),
          entry("Campaigns.cancel", SEND_IN_BULK),
          entry("Campaigns.retry", SEND_IN_BULK),
          entry("Campaigns.list", SEND_COMMANDS),
          entry("Campaigns.find", SEND_COMMANDS),
          entry("Campaigns.outlook", SEND_COMMANDS),
          entry("Campaigns.outcomes", SEND_COMMANDS),
          entry("Campaigns.stream", SEND_COMMANDS),
          entry("Views.shelf", READ_DEVICES),
          entry("Views.find", READ_DEVICES),
          entry("Views.add", READ_DEVICES),
          entry("Views.save", READ_DEVICES),
          entry("Views.change", READ_DEVICES),
          entry("Views.remove", READ_DEVICES),
          entry("Views.startWith", READ_DEVICES),
          entry("Views.startWithReady", READ_DEVICES),
          entry("Views.keep", READ_DEVICES));

  /**
   * Ask for none: for one's own account, sessions and lists, or fields by the right to see them.
   */
  private static final Set<String> OWN =
      Set.of(
          "Accounts.changePassword",
          "FreshPassword.fault",
          "Accounts.changeSettings",
          "SecondFactor.state",
          "SecondFactor.offer",
          "SecondFactor.confirm",
          "SecondFactor.renewCodes",
          "SecondFactor.off",
          "Sessions.list",
          "Sessions.end",
          "Sessions.endOthers",
          "SessionHistory.list",
          "SessionHistory.stream",
          "SessionHistory.first",
          "Lists.read",
          "Lists.status",
          "Lists.errors",
          "Lists.recent",
          "Lists.report",
          "Lists.cancel",
          "Lists.apply",
          "AuditTrail.note");

  /** Ids that a method takes and does not look at, counted from 0. */
  private static final Set<String> NOT_LOOKED_AT =
      Set.of("RegistryChanges.add 1", "RegistryChanges.replaceBy 1");

  private static final long OWNS = 1;
  private static final long HEATS = 3333;
  private static final long NOBODYS = 7777;

  private final TestDatabase database = TestDatabase.create();
  private final Map<String, Object> beans = beans();

  @BeforeEach
  void twoOrganisations() throws Exception {
    database.execute(
        """
        insert into organisation (name) values ('Водоканал');
        insert into organisation (id, name) overriding system value values (3333, 'Теплосеть');
        insert into account (organisation_id, login, name, password_hash)
          values (1, 'somebody', 'Некто', '');
        insert into account (id, organisation_id, login, name, password_hash)
          overriding system value values (3333, 3333, 'heat', 'Теплов', '');
        insert into role (id, organisation_id, name) overriding system value
          values (3333, 3333, 'Мастер');
        insert into device (id, organisation_id, kind, state, imei, serial, model)
          overriding system value values
          (1, 1, 'MODULE', 'REGISTERED', 0, 1, 1), (3333, 3333, 'MODULE', 'REGISTERED', 0, 2, 1);
        insert into meter (id, organisation_id, resource, type, serial)
          overriding system value values
          (1, 1, 'COLD_WATER', 'x', '1'), (3333, 3333, 'COLD_WATER', 'x', '1');
        insert into meter_list (id, organisation_id, account_id, file_name, zone, state)
          overriding system value values (3333, 3333, 3333, 'x', 'UTC', 'CHECKED');
        insert into table_view (id, account_id, name, shared, columns, density, sorting, group_ids,
          filter) overriding system value values (3333, 3333, 'x', true, '', '', '', '', '');
        """);
  }

  @Test
  void everyMethodIsInTheTable() throws Exception {
    Set<String> named = new TreeSet<>(NEEDS.keySet());
    named.addAll(OWN);
    assertThat(Faces.methods().keySet()).isEqualTo(named);
  }

  @Test
  void eachPermissionOpensItsMethodsAndNoOther() throws Exception {
    for (Map.Entry<String, Permission> row : NEEDS.entrySet()) {
      Method method = Faces.methods().get(row.getKey());
      for (Permission held : Permission.values()) {
        Object answer = call(method, Set.of(held), Arguments.all(OWNS));
        if (held == row.getValue()) {
          assertThat(answer instanceof NotPermittedException)
              .as("%s with %s", row.getKey(), held)
              .isFalse();
        } else {
          assertThat(answer)
              .as("%s with %s", row.getKey(), held)
              .isInstanceOf(NotPermittedException.class)
              .hasToString(new NotPermittedException(row.getValue()).toString());
        }
      }
    }
  }

  @Test
  void idsOfOthersAnswerLikeIdsThatThereAreNoneOf() throws Exception {
    List<String> asked = new ArrayList<>();
    for (String name : new TreeSet<>(NEEDS.keySet())) {
      Method method = Faces.methods().get(name);
      int ids = Arguments.ids(method);
      for (int which = 0; which < ids; which++) {
        if (NOT_LOOKED_AT.contains(name + " " + which)) {
          continue;
        }
        Set<Permission> all = EnumSet.allOf(Permission.class);
        Object others = call(method, all, Arguments.one(OWNS, which, HEATS));
        Object nobodys = call(method, all, Arguments.one(OWNS, which, NOBODYS));
        assertThat(said(others, HEATS))
            .as("%s, id %d", name, which)
            .isEqualTo(said(nobodys, NOBODYS));
        asked.add(name + " " + which);
      }
    }
    assertThat(asked).hasSizeGreaterThan(25);
  }

  private static String said(Object answer, long id) {
    return String.valueOf(answer).replace(Long.toString(id), "ID");
  }

  private Object call(Method method, Set<Permission> permissions, Arguments arguments)
      throws Exception {
    Caller caller =
        new Caller(1, "somebody", "", new Scope(new OrganisationId(OWNS), false), permissions);
    Object bean = beans.get(method.getDeclaringClass().getSimpleName());
    return Faces.call(bean, method, arguments.of(method, caller));
  }

  private Map<String, Object> beans() {
    SqlAuditTrail trail = new SqlAuditTrail(database.dataSource(), Clock.systemUTC());
    Map<String, Object> beans = new TreeMap<>();
    beans.put(
        "SetAsideFrames",
        new SqlSetAsideFrames(database.dataSource(), new WireFrameReader(), trail));
    beans.put("AuditLog", new SqlAuditLog(database.dataSource(), trail));
    Uses uses = new Uses(List.of());
    beans.put(
        "DeviceOwners", new SqlDeviceOwners(database.dataSource(), uses, trail, Clock.systemUTC()));
    SqlDeviceKeys keys = new SqlDeviceKeys(database.dataSource(), new SecretBox());
    beans.put("DeviceBook", new SqlDeviceBook(database.dataSource()));
    beans.put(
        "DeviceRegistration",
        new SqlDeviceRegistration(database.dataSource(), uses, trail, events -> {}));
    beans.put(
        "DeviceChanges", new SqlDeviceChanges(database.dataSource(), uses, trail, events -> {}));
    beans.put("DeviceSwaps", new SqlDeviceSwaps(database.dataSource(), uses, trail, events -> {}));
    beans.put("DeviceGroups", new SqlDeviceGroups(database.dataSource(), trail));
    beans.put("DeviceKeyring", new SqlDeviceKeyring(database.dataSource(), keys, uses, trail));
    beans.put("ErrorDictionary", new SqlErrorDictionary(database.dataSource(), trail));
    beans.put("AccessPoints", new SqlAccessPoints(database.dataSource(), new SecretBox(), trail));
    beans.put("Organisations", new SqlOrganisations(database.dataSource(), trail));
    beans.put("Roles", new SqlRoles(database.dataSource(), trail, null));
    beans.put(
        "Users",
        new SqlUsers(
            database.dataSource(),
            new PasswordHasher(),
            trail,
            Clock.systemUTC(),
            Duration.ofDays(3)));
    beans.put(
        "TechnologicalMode",
        new TechnologicalModeBean(null, null, null, null, trail, Clock.systemUTC(), Duration.ZERO));
    beans.put(
        "ProviderLinks",
        new SqlProviderLinks(
            database.dataSource(), (SqlUsers) beans.get("Users"), new PasswordHasher(), trail));
    beans.put("Lists", new ListsBean(database.dataSource(), null, null));
    beans.put("RegistryChanges", new SqlRegistryChanges(database.dataSource(), trail));
    beans.put("Sites", new SqlSites(database.dataSource(), trail));
    SqlDeviceSets sets = new SqlDeviceSets();
    SendingGuard guard = new SendingGuard(null, null, 50, false);
    SecretBox box = new SecretBox();
    beans.put(
        "CommandDesk",
        new SqlCommandDesk(database.dataSource(), box, sets, guard, trail, Clock.systemUTC()));
    beans.put(
        "Campaigns",
        new SqlCampaigns(database.dataSource(), box, sets, guard, trail, Clock.systemUTC()));
    beans.put(
        "Commands",
        new SqlCommandPages(
            database.dataSource(), new SqlDeviceOutlook(database.dataSource()), Clock.systemUTC()));
    beans.put("Views", new SqlViews(database.dataSource()));
    return beans;
  }
}
