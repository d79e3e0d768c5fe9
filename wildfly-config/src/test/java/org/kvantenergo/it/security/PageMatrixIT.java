package org.kvantenergo.it.security;

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

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/**
 * Every page, everything that can be done on one and every servlet, with every permission alone:
 * opened and done with what the table says, refused without, and each refusal in the audit. Pages
 * and actions are those of the war: a new one without a row here fails.
 */
@ExtendWith(KvantExtension.class)
class PageMatrixIT {

  private static final Set<Permission> ANYBODY = Set.of();
  private static final Set<Integer> DONE = Set.of(200, 302);
  private static final Set<Integer> REFUSED = Set.of(403);

  /** Before somebody has signed in; {@link SessionsIT} and others look at them. */
  private static final Set<String> OPEN = Set.of("code.xhtml", "login.xhtml", "expired.xhtml");

  /** What opens a page; all of it is needed. */
  private static final Map<String, Set<Permission>> PAGES =
      Map.ofEntries(
          entry("accounts.xhtml", Set.of(READ_DEVICES)),
          entry("audit.xhtml", Set.of(READ_AUDIT)),
          entry("campaigns.xhtml", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("custody.xhtml", Set.of(READ_DEVICES)),
          entry("devices.xhtml", Set.of(READ_DEVICES, REGISTER)),
          entry("fleet.xhtml", Set.of(READ_DEVICES)),
          entry("help.xhtml", ANYBODY),
          entry("home.xhtml", ANYBODY),
          entry("map.xhtml", Set.of(READ_DEVICES)),
          entry("dictionary.xhtml", Set.of(EDIT_DICTIONARIES)),
          entry("meterlist.xhtml", Set.of(REGISTER)),
          entry("meters.xhtml", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml", Set.of(READ_DEVICES)),
          entry("organisations.xhtml", Set.of(MANAGE_ORGANISATIONS)),
          entry("password.xhtml", ANYBODY),
          entry("roles.xhtml", Set.of(MANAGE_ROLES)),
          entry("setaside.xhtml", Set.of(READ_DEVICES)),
          entry("sites.xhtml", Set.of(READ_DEVICES)),
          entry("technological.xhtml", Set.of(TECHNOLOGICAL_MODE)),
          entry("transfer.xhtml", Set.of(MANAGE_ORGANISATIONS, READ_DEVICES)),
          entry("users.xhtml", Set.of(MANAGE_USERS)));

  /** What is done on every page. */
  private static final Set<String> EVERYWHERE = Set.of("viewer.switchLanguage", "signOut.go");

  /**
   * What can be done on a page, each with what it needs. Where a component has no id, it needs what
   * its page needs: give it one otherwise.
   */
  private static final Map<String, Set<Permission>> ACTIONS =
      Map.ofEntries(
          entry("accounts.xhtml accountForm.open", Set.of(READ_DEVICES, REGISTER)),
          entry("accounts.xhtml accounts.scroll", Set.of(READ_DEVICES)),
          entry("accounts.xhtml accounts.search", Set.of(READ_DEVICES)),
          entry("accounts.xhtml accounts.selectRow", Set.of(READ_DEVICES)),
          entry("accounts.xhtml drawer.save", Set.of(READ_DEVICES, REGISTER)),
          entry("accounts.xhtml drawer.shut", Set.of(READ_DEVICES)),
          entry("accounts.xhtml register.refresh", Set.of(READ_DEVICES)),
          entry("campaigns.xhtml campaignActions.ask", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry(
              "campaigns.xhtml campaignActions.cancel",
              Set.of(READ_DEVICES, SEND_COMMANDS, SEND_IN_BULK)),
          entry(
              "campaigns.xhtml campaignActions.goOn",
              Set.of(READ_DEVICES, SEND_COMMANDS, SEND_IN_BULK)),
          entry(
              "campaigns.xhtml campaignActions.pause",
              Set.of(READ_DEVICES, SEND_COMMANDS, SEND_IN_BULK)),
          entry(
              "campaigns.xhtml campaignActions.resume",
              Set.of(READ_DEVICES, SEND_COMMANDS, SEND_IN_BULK)),
          entry(
              "campaigns.xhtml campaignActions.retry",
              Set.of(READ_DEVICES, SEND_COMMANDS, SEND_IN_BULK)),
          entry("campaigns.xhtml campaigns.refresh", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("campaigns.xhtml campaigns.scroll", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("campaigns.xhtml campaigns.scrollOutcomes", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("campaigns.xhtml campaigns.selectRow", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("campaigns.xhtml campaigns.show", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commandActions.approve", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commandActions.ask", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commandActions.askAbout", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commandActions.askCancel", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commandActions.cancel", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commandActions.decline", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commands.refresh", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commands.scroll", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commands.search", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commands.selectRow", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commands.show", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commands.shut", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("commands.xhtml commands.unlimited", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("devices.xhtml deviceActions.ask", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.askGroups", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.askRule", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.askSwap", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.askTicked", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.block", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.leaveApart", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.makeKey", Set.of(REGISTER, MANAGE_KEYS)),
          entry("devices.xhtml deviceActions.otherGroups", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.register", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.registerTicked", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.removeKey", Set.of(REGISTER, MANAGE_KEYS)),
          entry("devices.xhtml deviceActions.replace", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.same", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.save", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceActions.setKey", Set.of(REGISTER, MANAGE_KEYS)),
          entry("devices.xhtml deviceActions.unregister", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceGroups.choose", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceGroups.fresh", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceGroups.move", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceGroups.remove", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceGroups.save", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceInto.ownerChosen", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceRule.apply", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml deviceRule.attempt", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml devices.refresh", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml devices.scroll", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml devices.search", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml devices.selectRow", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml devices.show", Set.of(READ_DEVICES, REGISTER)),
          entry("devices.xhtml devices.unlimited", Set.of(READ_DEVICES, REGISTER)),
          entry("fleet.xhtml board.refresh", Set.of(READ_DEVICES)),
          entry("home.xhtml board.refresh", ANYBODY),
          entry("home.xhtml mode.enter", Set.of(TECHNOLOGICAL_MODE)),
          entry("home.xhtml mode.leave", Set.of(TECHNOLOGICAL_MODE)),
          entry("map.xhtml board.refresh", Set.of(READ_DEVICES)),
          entry("map.xhtml map.look", Set.of(READ_DEVICES)),
          entry("map.xhtml map.pick", Set.of(READ_DEVICES)),
          entry("meterlist.xhtml meterList.apply", Set.of(REGISTER)),
          entry("meterlist.xhtml meterList.cancel", Set.of(REGISTER)),
          entry("meters.xhtml drawer.save", Set.of(READ_DEVICES, REGISTER)),
          entry("meters.xhtml drawer.shut", Set.of(READ_DEVICES)),
          entry("meters.xhtml meterForm.open", Set.of(READ_DEVICES, REGISTER)),
          entry("meters.xhtml meters.scroll", Set.of(READ_DEVICES)),
          entry("meters.xhtml meters.search", Set.of(READ_DEVICES)),
          entry("meters.xhtml meters.selectRow", Set.of(READ_DEVICES)),
          entry("meters.xhtml meters.tab", Set.of(READ_DEVICES)),
          entry("meters.xhtml register.refresh", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml exporting.cancel", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml exporting.look", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml exporting.target", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml columns.densify", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml columns.move", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml columns.restore", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml columns.toggle", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml columns.widen", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml filterForm.apply", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml finder.choose", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml finder.find", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml finder.forget", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml finder.showFound", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml finder.tickFound", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml finder.widen", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml fleetFilter.choose", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml fleetFilter.everywhere", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml fleetFilter.reset", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml fleetFilter.toggle", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml monitoring.recount", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml monitoring.reload", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml monitoring.scrollModules", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml monitoring.selectRow", Set.of(READ_DEVICES)),
          entry("dictionary.xhtml dictionary.choose", Set.of(EDIT_DICTIONARIES)),
          entry("dictionary.xhtml dictionary.fresh", Set.of(EDIT_DICTIONARIES)),
          entry("dictionary.xhtml dictionary.remove", Set.of(EDIT_DICTIONARIES)),
          entry("dictionary.xhtml dictionary.save", Set.of(EDIT_DICTIONARIES)),
          entry("monitoring.xhtml accessReveal.show", Set.of(READ_DEVICES, READ_SECRETS)),
          entry("monitoring.xhtml commentEdit.save", Set.of(READ_DEVICES, REGISTER)),
          entry("monitoring.xhtml order.look", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("monitoring.xhtml order.open", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("monitoring.xhtml order.send", Set.of(READ_DEVICES, SEND_COMMANDS)),
          entry("monitoring.xhtml selected.narrow", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml selected.refresh", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml selected.scroll", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml selected.show", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml savedViews.add", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml savedViews.change", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml savedViews.open", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml savedViews.remove", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml savedViews.save", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml savedViews.start", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml side.turn", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml sorting.by", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml sorting.head", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml ticks.clear", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml ticks.tick", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml ticks.tickAll", Set.of(READ_DEVICES)),
          entry("monitoring.xhtml ticks.tickRange", Set.of(READ_DEVICES)),
          entry("organisations.xhtml organisations.choose", Set.of(MANAGE_ORGANISATIONS)),
          entry("organisations.xhtml organisations.fresh", Set.of(MANAGE_ORGANISATIONS)),
          entry("organisations.xhtml organisations.save", Set.of(MANAGE_ORGANISATIONS)),
          entry("password.xhtml access.change", ANYBODY),
          entry("password.xhtml access.end", ANYBODY),
          entry("password.xhtml access.endOthers", ANYBODY),
          entry("password.xhtml factor.cancel", ANYBODY),
          entry("password.xhtml factor.confirm", ANYBODY),
          entry("password.xhtml factor.off", ANYBODY),
          entry("password.xhtml factor.offer", ANYBODY),
          entry("password.xhtml factor.renew", ANYBODY),
          entry("password.xhtml second.save", Set.of(TECHNOLOGICAL_MODE)),
          entry("password.xhtml settings.save", ANYBODY),
          entry("roles.xhtml roles.ask", Set.of(MANAGE_ROLES)),
          entry("roles.xhtml roles.choose", Set.of(MANAGE_ROLES)),
          entry("roles.xhtml roles.copy", Set.of(MANAGE_ROLES)),
          entry("roles.xhtml roles.fresh", Set.of(MANAGE_ROLES)),
          entry("roles.xhtml roles.remove", Set.of(MANAGE_ROLES)),
          entry("roles.xhtml roles.save", Set.of(MANAGE_ROLES)),
          entry("setaside.xhtml setAside.refresh", Set.of(READ_DEVICES)),
          entry("setaside.xhtml setAside.retry", Set.of(RETRY_FRAMES)),
          entry("setaside.xhtml setAside.scroll", Set.of(READ_DEVICES)),
          entry("setaside.xhtml setAside.selectRow", Set.of(READ_DEVICES)),
          entry("setaside.xhtml setAside.show", Set.of(READ_DEVICES)),
          entry("sites.xhtml drawer.save", Set.of(READ_DEVICES, REGISTER)),
          entry("sites.xhtml drawer.shut", Set.of(READ_DEVICES)),
          entry("sites.xhtml register.refresh", Set.of(READ_DEVICES)),
          entry("sites.xhtml siteForm.open", Set.of(READ_DEVICES, REGISTER)),
          entry("sites.xhtml sites.fold", Set.of(READ_DEVICES)),
          entry("sites.xhtml sites.scroll", Set.of(READ_DEVICES)),
          entry("sites.xhtml sites.scrollLower", Set.of(READ_DEVICES)),
          entry("sites.xhtml sites.search", Set.of(READ_DEVICES)),
          entry("sites.xhtml sites.selectRow", Set.of(READ_DEVICES)),
          entry("sites.xhtml sites.tab", Set.of(READ_DEVICES)),
          entry("technological.xhtml mode.enter", Set.of(TECHNOLOGICAL_MODE)),
          entry("technological.xhtml mode.leave", Set.of(TECHNOLOGICAL_MODE)),
          entry("transfer.xhtml transfer.choose", Set.of(MANAGE_ORGANISATIONS, READ_DEVICES)),
          entry("transfer.xhtml transfer.go", Set.of(MANAGE_ORGANISATIONS, READ_DEVICES)),
          entry("transfer.xhtml transfer.search", Set.of(MANAGE_ORGANISATIONS, READ_DEVICES)),
          entry("users.xhtml providerLink.removePassword", Set.of(MANAGE_USERS)),
          entry("users.xhtml providerLink.save", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.block", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.choose", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.endSession", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.fresh", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.reset", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.resetFactor", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.resetSecondPassword", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.save", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.search", Set.of(MANAGE_USERS)),
          entry("users.xhtml users.turn", Set.of(MANAGE_USERS)));

  /** Pages with a table, whose buttons stand in drawers and dialogues, or come with a row. */
  private static final Set<String> WITH_ROWS =
      Set.of("accounts.xhtml", "devices.xhtml", "meters.xhtml", "sites.xhtml");

  /** Sent by more than one form. */
  private static final String SAVE = "drawer.save";

  /**
   * Shown only where a provider signs people on, where there is a second factor or a session, where
   * a list is at work, for ready-made roles, for devices that nobody owns yet (which only people of
   * the organisation that runs the installation see: DevicesIT), or where a role asks for the
   * second password (TechnologicalModeIT); {@code PermissionMatrixTest} has their beans.
   */
  private static final Set<String> NOT_SHOWN =
      Set.of(
          "devices.xhtml deviceActions.askRule",
          "devices.xhtml deviceActions.askSwap",
          "devices.xhtml deviceActions.leaveApart",
          "devices.xhtml deviceActions.otherGroups",
          "devices.xhtml deviceActions.register",
          "devices.xhtml deviceActions.replace",
          "devices.xhtml deviceActions.same",
          "devices.xhtml deviceInto.ownerChosen",
          "devices.xhtml deviceRule.apply",
          "devices.xhtml deviceRule.attempt",
          "devices.xhtml devices.unlimited",
          "home.xhtml mode.enter",
          "home.xhtml mode.leave",
          // By people of the organisation that runs the installation: DeviceIT.
          "dictionary.xhtml dictionary.remove",
          "dictionary.xhtml dictionary.save",
          "meterlist.xhtml meterList.cancel",
          "password.xhtml factor.cancel",
          "password.xhtml factor.confirm",
          "password.xhtml factor.off",
          "password.xhtml factor.renew",
          "password.xhtml second.save",
          "roles.xhtml roles.ask",
          "technological.xhtml mode.enter",
          "technological.xhtml mode.leave",
          "users.xhtml providerLink.removePassword",
          "users.xhtml providerLink.save",
          "users.xhtml users.endSession",
          "users.xhtml users.resetFactor",
          "users.xhtml users.resetSecondPassword");

  /** What opens what is no page; all of it is needed. */
  private static final Map<String, Set<Permission>> SERVLETS =
      Map.of(
          "/audit.csv", Set.of(READ_AUDIT),
          "/campaign.csv", Set.of(READ_DEVICES, SEND_COMMANDS),
          "/language", ANYBODY,
          "/meterlist.csv", Set.of(REGISTER),
          "/meters-file", Set.of(READ_DEVICES),
          "/meters-upload", Set.of(READ_DEVICES, REGISTER),
          "/series", Set.of(READ_DEVICES));

  /** Ask for themselves who comes: by a token, by a ticket. */
  private static final Set<String> OPEN_SERVLETS = Set.of("/metrics", "/sign-on");

  private static final War WAR = War.deployed();

  private static Stage stage;

  @BeforeAll
  static void stage(KvantInstance kvant) throws Exception {
    stage = new Stage(kvant, "matrix", 991_001);
  }

  @AfterAll
  static void clear() throws Exception {
    stage.close();
  }

  @Test
  void everyPageAndEveryActionIsInTheTable() {
    Set<String> pages = new TreeSet<>(PAGES.keySet());
    pages.addAll(OPEN);
    assertThat(WAR.pages()).isEqualTo(pages);
    Set<String> actions = new TreeSet<>();
    for (String page : PAGES.keySet()) {
      for (War.Command command : WAR.commands(page)) {
        if (!EVERYWHERE.contains(command.call())) {
          actions.add(page + " " + command.call());
        }
      }
    }
    assertThat(actions).isEqualTo(new TreeSet<>(ACTIONS.keySet()));
  }

  @Test
  void everyServletIsInTheTable() {
    Set<String> servlets = new TreeSet<>();
    for (JavaClass each : new ClassFileImporter().importPath(Path.of("../web/target/classes"))) {
      each.tryGetAnnotationOfType("jakarta.servlet.annotation.WebServlet")
          .ifPresent(servlet -> servlets.addAll(List.of((String[]) servlet.get("value").get())));
    }
    Set<String> listed = new TreeSet<>(SERVLETS.keySet());
    listed.addAll(OPEN_SERVLETS);
    assertThat(servlets).isEqualTo(listed);
  }

  @Test
  void aServletAnswersByItsPermissionsAndNoOther() throws Exception {
    for (String servlet : new TreeSet<>(SERVLETS.keySet())) {
      Set<Permission> needs = SERVLETS.get(servlet);
      for (Set<Permission> held : Stage.trials(needs)) {
        stage.person().may(held);
        long before = Person.lastOfAudit(stage.kvant());
        Answer answer = asked(servlet);
        boolean enough = held.containsAll(needs);
        assertThat(Stage.refused(answer)).as("%s with %s", servlet, held).isEqualTo(!enough);
        assertThat(answer.status()).as("%s with %s", servlet, held).isIn(enough ? DONE : REFUSED);
        if (!enough) {
          assertThat(stage.person().audit(before))
              .hasSize(1)
              .allMatch(noted(needs, held)::contains);
        }
      }
    }
  }

  private static Answer asked(String servlet) throws Exception {
    if (servlet.equals("/campaign.csv")) {
      return stage.visitor().get("/campaign.csv?id=" + stage.campaigns().get(0));
    }
    if (servlet.equals("/series")) {
      return stage.visitor().get("/series?device=" + stage.estate().id());
    }
    if (!servlet.equals("/meters-upload")) {
      return stage.visitor().get(servlet);
    }
    String file =
        String.join(
            "\r\n",
            "--x",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"",
            "",
            "x",
            "--x--");
    return stage
        .visitor()
        .ask(
            "POST",
            servlet,
            file + "\r\n",
            "Content-Type",
            "multipart/form-data; boundary=x",
            "X-Kvant-Page",
            "1");
  }

  @Test
  void aPageIsOpenedByItsPermissionsAndNoOther() throws Exception {
    Visitor visitor = stage.visitor();
    for (String page : new TreeSet<>(PAGES.keySet())) {
      Set<Permission> needs = PAGES.get(page);
      for (Set<Permission> held : Stage.trials(needs)) {
        stage.person().may(held);
        long before = Person.lastOfAudit(stage.kvant());
        Answer answer = visitor.get("/" + page + stage.query(page));
        assertThat(Stage.refused(answer))
            .as("%s with %s", page, held)
            .isEqualTo(!held.containsAll(needs));
        if (held.containsAll(needs)) {
          assertThat(answer.status()).as("%s with %s", page, held).isEqualTo(200);
          assertThat(stage.person().audit(before)).isEmpty();
        } else {
          assertThat(answer.status()).as("%s with %s", page, held).isEqualTo(403);
          assertThat(stage.person().audit(before))
              .hasSize(1)
              .allMatch(noted(needs, held)::contains);
        }
      }
    }
  }

  @Test
  void anActionIsDoneWithItsPermissionsAndNoOther() throws Exception {
    Map<String, Set<String>> done = new LinkedHashMap<>();
    Set<String> pages = new TreeSet<>(PAGES.keySet());
    pages.removeAll(WITH_ROWS);
    for (String page : pages) {
      Set<String> calls = new TreeSet<>();
      Set<String> nameless = new LinkedHashSet<>();
      for (Stage.State state : stage.states(page)) {
        for (Trigger trigger : state.triggers()) {
          String call = call(page, trigger);
          if (EVERYWHERE.contains(call)
              || NOT_SHOWN.contains(page + " " + call)
              || (call.isEmpty()
                  ? !nameless.add(trigger.id().replaceAll("\\d+:", ""))
                  : !calls.add(call))) {
            continue;
          }
          trial(
              page,
              state,
              trigger,
              call.isEmpty() ? PAGES.get(page) : ACTIONS.get(page + " " + call));
        }
      }
      assertNothingWasLeftOut(page, calls, nameless.size());
      done.put(page, calls);
    }
    assertThat(done).hasSize(pages.size());
  }

  /** In a view of its own where the one before did something: that is nothing to the next press. */
  @Test
  void whatComesWithARowIsDoneWithItsPermissionsAndNoOther() throws Exception {
    for (String page : new TreeSet<>(WITH_ROWS)) {
      Set<String> calls = new TreeSet<>();
      Set<String> nameless = new LinkedHashSet<>();
      for (Stage.Way way : stage.ways(page)) {
        for (Trigger shown : way.go().triggers()) {
          String call = call(page, shown);
          if (EVERYWHERE.contains(call) || NOT_SHOWN.contains(page + " " + call)) {
            continue;
          }
          boolean first =
              call.isEmpty() ? nameless.add(shown.id().replaceAll("\\d+:", "")) : calls.add(call);
          if (first || call.equals(SAVE)) {
            Set<Permission> needs =
                call.isEmpty() ? PAGES.get(page) : ACTIONS.get(page + " " + call);
            trialWithRow(page, way, shown, needs, first);
          }
        }
      }
      assertNothingWasLeftOut(page, calls, nameless.size());
    }
  }

  /**
   * Whoever may open the page but not do this may be shown the page without it: then nothing was
   * done, and so nothing is in the audit.
   */
  private static void trialWithRow(
      String page, Stage.Way way, Trigger shown, Set<Permission> needs, boolean whole)
      throws Exception {
    // The page asks for its own besides.
    Set<Permission> all = new TreeSet<>(needs);
    all.addAll(PAGES.get(page));
    Stage.State state = way.go();
    for (Set<Permission> held : Stage.trials(needs)) {
      // One that neither asks for is tried where pages are opened.
      boolean foreign = held.size() == 1 && !all.containsAll(held);
      if (foreign || held.containsAll(needs) || (!whole && !held.containsAll(PAGES.get(page)))) {
        continue;
      }
      stage.person().may(held);
      long before = Person.lastOfAudit(stage.kvant());
      Answer answer = state.press(shown);
      List<String> rows = stage.person().audit(before);
      String what =
          "%s %s with %s: %d %s %s"
              .formatted(page, shown, held, answer.status(), answer.title(), rows);
      if (Stage.refused(answer)) {
        assertThat(rows).as(what).hasSize(1).allMatch(noted(all, held)::contains);
      } else {
        assertThat(held).as(what).containsAll(PAGES.get(page));
        assertThat(rows).as(what).isEmpty();
        state = way.go();
      }
    }
    allowed(page, state, shown, needs);
  }

  @Test
  void aScriptIsToldNoToo() throws Exception {
    for (String page : List.of("meters.xhtml", "monitoring.xhtml", "setaside.xhtml")) {
      Trigger refresh = stage.states(page).get(0).trigger("refresh");
      Stage.State state = stage.state(page);
      stage.person().may(Set.of(REGISTER));
      long before = Person.lastOfAudit(stage.kvant());
      Answer answer = state.after(refresh, Map.of(), 200, 403).answer();
      assertThat(answer.header("Content-Type")).startsWith("text/xml");
      assertThat(Stage.refused(answer)).as(page).isTrue();
      assertThat(stage.person().audit(before)).containsExactly("REFUSED permission=READ_DEVICES");
    }
  }

  /** Every call that has an id was tried; of those without, as many as there are. */
  private static void assertNothingWasLeftOut(String page, Set<String> tried, int nameless) {
    Set<String> named = new TreeSet<>();
    Set<String> other = new TreeSet<>();
    for (War.Command command : WAR.commands(page)) {
      (command.id().isEmpty() ? other : named).add(command.call());
    }
    named.removeAll(EVERYWHERE);
    named.removeIf(call -> NOT_SHOWN.contains(page + " " + call));
    other.removeIf(call -> NOT_SHOWN.contains(page + " " + call));
    other.removeAll(named);
    assertThat(tried).as("tried on %s", page).isEqualTo(named);
    assertThat(nameless)
        .as("without an id on %s: %s", page, other)
        .isGreaterThanOrEqualTo(other.size());
    for (String call : other) {
      assertThat(ACTIONS.get(page + " " + call))
          .as("%s has no id", call)
          .isEqualTo(PAGES.get(page));
    }
  }

  /** Which call a trigger is; empty for one without an id. */
  private static String call(String page, Trigger trigger) {
    return trigger.name().isEmpty()
        ? ""
        : WAR.commands(page).stream()
            .filter(command -> command.id().equals(trigger.name()))
            .map(War.Command::call)
            .findFirst()
            .orElseThrow(() -> new AssertionError(page + " has no " + trigger));
  }

  private static void trial(String page, Stage.State state, Trigger trigger, Set<Permission> needs)
      throws Exception {
    for (Set<Permission> held : Stage.trials(needs)) {
      if (held.containsAll(needs)) {
        continue;
      }
      stage.person().may(held);
      long before = Person.lastOfAudit(stage.kvant());
      Answer answer = state.press(trigger);
      assertThat(Stage.refused(answer))
          .as("%s %s with %s: %s", page, trigger, held, answer.body())
          .isTrue();
      assertThat(stage.person().audit(before))
          .as("%s %s with %s", page, trigger, held)
          .hasSize(1)
          .allMatch(noted(needs, held)::contains);
    }
    allowed(page, state, trigger, needs);
  }

  /** What the page itself asks for is needed to show what became of it. */
  private static void allowed(
      String page, Stage.State state, Trigger trigger, Set<Permission> needs) throws Exception {
    Set<Permission> enough = EnumSet.noneOf(Permission.class);
    enough.addAll(needs);
    enough.addAll(PAGES.get(page));
    stage.person().may(enough);
    long before = Person.lastOfAudit(stage.kvant());
    Answer answer = state.press(trigger);
    assertThat(Stage.refused(answer))
        .as("%s %s with %s: %s", page, trigger, enough, answer.body())
        .isFalse();
    assertThat(answer.status()).as("%s %s", page, trigger).isIn(200, 302);
    assertThat(stage.person().audit(before))
        .as("%s %s", page, trigger)
        .noneMatch(row -> row.startsWith("REFUSED"));
  }

  /** What a refusal may say is missing. */
  private static Set<String> noted(Set<Permission> needs, Set<Permission> held) {
    Set<String> rows = new TreeSet<>();
    needs.stream()
        .filter(need -> !held.contains(need))
        .forEach(need -> rows.add("REFUSED permission=" + need));
    return rows;
  }
}
