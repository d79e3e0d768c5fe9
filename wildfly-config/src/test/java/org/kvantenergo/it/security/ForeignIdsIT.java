package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Orders;

/**
 * The id of what another organisation owns, in every place of every page and servlet where an id
 * can be written: the answer is the one for an id that there is nothing of, to the letter.
 */
@ExtendWith(KvantExtension.class)
class ForeignIdsIT {

  /** No id, login or number of anybody's. */
  private static final String NOBODYS = "700000007";

  /** Places in the web's sources where something is read that a request says, by class. */
  private static final Pattern READ =
      Pattern.compile(
          "(?:Asked\\s*\\.\\s*\\w+|getParameter|getParameterValues|parameter\\.apply|\\bnumber"
              + "|getPart|getRequestParameterMap\\(\\)\\s*\\.\\s*get(?:OrDefault)?)"
              + "\\(\\s*\"(\\w+)\"");

  /** The base of a class, where that is one of ours. */
  private static final Pattern EXTENDS = Pattern.compile("class \\w+(?:<[^{]*?>)? extends (\\w+)");

  /** Those that name something that somebody owns; each is asked for below. */
  private static final Set<String> NAMES =
      Set.of(
          "FleetView g",
          "MapView id",
          "MapView site",
          "AccessReveal session",
          "AccountsView id",
          "AccountsView text",
          "AuditQuery login",
          "AuditQuery text",
          "CampaignReport id",
          "CampaignsView id",
          "CommandActions ids",
          "CommandsView campaign",
          "CommandsView device",
          "CommandsView id",
          "CommandsView request",
          "CommentEdit id",
          "CustodyView device",
          "CustodyView record",
          "DeviceActions ids",
          "DevicesView id",
          "FinderView id",
          "FinderView text",
          "FleetFilterView groups",
          "FleetFilterView term",
          "ListReport id",
          "ListView id",
          "MetersFile text",
          "MetersView id",
          "MetersView text",
          "MonitoringView id",
          "SavedViews f",
          "SavedViews g",
          "SavedViews view",
          "OrderDialog numbers",
          "SetAsideView id",
          "SetAsideView ids",
          "SitesView id",
          "TicksView ids");

  /** And those that name nothing: places in lists, ways to show them, a file's contents. */
  private static final Set<String> NO_NAMES =
      Set.of(
          "CommandChips news",
          "CommandChips refresh",
          "OrderDialog kind",
          "OrderDialog listed",
          "OrderDialog password",
          "Exported rows",
          "Exporting export",
          "Exporting rows",
          "AccountsView first",
          "AuditQuery action",
          "AuditQuery from",
          "AuditQuery page",
          "AuditQuery until",
          "CampaignsView first",
          "ColumnsView column",
          "ColumnsView height",
          "ColumnsView px",
          "ColumnsView right",
          "DeviceActions key",
          "DevicesView first",
          "DevicesView show",
          "LanguageServlet to",
          "ListUpload file",
          "ListView from",
          "MeterForm first",
          "MeterForm last",
          "MetersFile at",
          "MetersFile format",
          "MetersView first",
          "MonitoringView device",
          "MonitoringView first",
          "ProviderSignOn provider",
          "SavedViews name",
          "SavedViews o",
          "SavedViews shared",
          "CommandsView first",
          "CommandsView state",
          "CommentEdit shown",
          "CommentEdit text",
          "SelectedView first",
          "SelectedView from",
          "SelectedView until",
          "SetAsideView all",
          "SetAsideView first",
          "SideView panel",
          "SitesView first",
          "SortView add",
          "SortView key",
          "TicksView from",
          "TicksView off",
          "TicksView to");

  private static KvantInstance kvant;
  private static Stage stage;
  private static Estate others;
  private static Person other;
  private static Person colleague;

  @BeforeAll
  static void twoOrganisations(KvantInstance shared) throws Exception {
    kvant = shared;
    stage = new Stage(kvant, "foreign", 991_003);
    others = Estate.below(kvant, "foreign-others", 991_004);
    other = Person.in(kvant, "foreign-other", others.id());
    colleague = Person.in(kvant, "foreign-colleague", stage.estate().id());
    order();
  }

  @AfterAll
  static void clear() throws Exception {
    others.close();
    stage.close();
  }

  @Test
  void everyPlaceIsInTheList() throws IOException {
    Map<String, Set<String>> read = new HashMap<>();
    Map<String, String> bases = new HashMap<>();
    try (Stream<Path> sources = Files.walk(Path.of("../web/src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        String type = source.getFileName().toString().replace(".java", "");
        String text = Files.readString(source);
        Matcher name = READ.matcher(text);
        while (name.find()) {
          read.computeIfAbsent(type, none -> new TreeSet<>()).add(name.group(1));
        }
        Matcher base = EXTENDS.matcher(text);
        if (base.find()) {
          bases.put(type, base.group(1));
        }
      }
    }
    Set<String> listed = new TreeSet<>(NAMES);
    listed.addAll(NO_NAMES);
    assertThat(withInherited(read, bases)).isEqualTo(listed);
  }

  /** A class reads what its bases read; a base is no place of its own. */
  private static Set<String> withInherited(
      Map<String, Set<String>> read, Map<String, String> bases) {
    Set<String> types = new TreeSet<>(read.keySet());
    types.addAll(bases.keySet());
    types.removeAll(bases.values());
    Set<String> places = new TreeSet<>();
    for (String type : types) {
      for (String each = type; each != null; each = bases.get(each)) {
        read.getOrDefault(each, Set.of()).forEach(name -> places.add(type + " " + name));
      }
    }
    return places;
  }

  @Test
  void aRecordOfOthersIsNone() throws Exception {
    Estate own = stage.estate();
    Answer none = custody(NOBODYS, own.record());
    assertThat(none.status()).isEqualTo(404);
    for (String[] asked :
        new String[][] {
          {Long.toString(others.id()), others.record()},
          {Long.toString(others.id()), own.record()},
          {Long.toString(own.id()), others.record().replaceFirst("^\\d+", "1")},
          {NOBODYS, others.record()}
        }) {
      assertSame(none, NOBODYS, custody(asked[0], asked[1]), asked[0]);
    }
    assertThat(custody(Long.toString(own.id()), own.record()).status()).isEqualTo(200);
  }

  private static Answer custody(String device, String record) throws Exception {
    return stage.visitor().get("/custody.xhtml?device=" + device + "&record=" + record);
  }

  @Test
  void aListOfOthersIsNone() throws Exception {
    String theirs = others.list(other.account());
    String next = stage.estate().list(colleague.account());
    Visitor visitor = stage.visitor();
    Answer none = visitor.get("/meterlist.xhtml?id=" + NOBODYS);
    assertSame(none, NOBODYS, visitor.get("/meterlist.xhtml?id=" + theirs), theirs);
    assertSame(none, NOBODYS, visitor.get("/meterlist.xhtml?id=" + next), next);
    none = visitor.get("/meterlist.csv?id=" + NOBODYS);
    assertSame(none, NOBODYS, visitor.get("/meterlist.csv?id=" + theirs), theirs);
    assertSame(none, NOBODYS, visitor.get("/meterlist.csv?id=" + next), next);
    Stage.State own = stage.first("meterlist.xhtml");
    Trigger apply = own.trigger("apply");
    for (String list : List.of(theirs, next)) {
      assertSame(
          own.after(apply, Map.of("id", NOBODYS)).answer(),
          NOBODYS,
          own.after(apply, Map.of("id", list)).answer(),
          list);
      assertThat(Person.value(kvant, "select state from meter_list where id = ?::bigint", list))
          .isEqualTo("CHECKED");
    }
  }

  @Test
  void whatAScriptAsksForIsNoneIfItIsOthers() throws Exception {
    assertSelectsNone("devices.xhtml", "kvantSelectDevice", others.id());
    assertSelectsNone("monitoring.xhtml", "kvantSelect", others.id());
    assertSelectsNone("meters.xhtml", "kvantSelectMeter", others.id());
    assertSelectsNone("setaside.xhtml", "kvantSelectFrame", others.id());
    assertSelectsNone("sites.xhtml", "kvantSelectSite", others.id());
    assertSelectsNone("sites.xhtml", "kvantFoldSite", others.id());
    assertSelectsNone("accounts.xhtml", "kvantSelectAccount", others.id());
    assertSelectsNone("commands.xhtml", "kvantSelectCommand", others.id());
    assertSelectsNone("campaigns.xhtml", "kvantSelectCampaign", others.id());
  }

  /** A call, its campaign and its command, each with the number of everything of others. */
  private static void order() throws Exception {
    long id = others.id();
    Orders orders = new Orders(kvant, other.login());
    long request = orders.send();
    orders.update("update command_request set id = ? where id = ?", id, request);
    orders.update(
        "insert into campaign (id, organisation_id, name, request_id, canaries, threshold, state,"
            + " account_id, login) overriding system value"
            + " select id, organisation_id, 'x', id, 1, 100, 'HALTED', account_id, login"
            + " from command_request where id = ?",
        id);
    orders.update(
        "insert into command (id, device_id, code, arguments, created_by, expires_at,"
            + " attempts_allowed, request_id)"
            + " values (?, ?, 4, '\\x07', 'x', now() + interval '1 day', 3, ?)",
        id,
        id,
        id);
  }

  @Test
  void aCommandOfOthersIsNotTakenBack() throws Exception {
    Stage.State state = stage.first("commands.xhtml");
    Trigger cancel = state.trigger("kvantCancel");
    String command = Long.toString(others.id());
    Answer none = state.after(cancel, Map.of("ids", NOBODYS)).answer();
    assertSame(none, NOBODYS, state.after(cancel, Map.of("ids", command)).answer(), command);
    assertThat(Person.value(kvant, "select state from command where id = ?::bigint", command))
        .isEqualTo("QUEUED");
  }

  private static void assertSelectsNone(String page, String script, long theirs) throws Exception {
    Stage.State state = stage.first(page);
    Trigger select = state.trigger(script);
    String id = Long.toString(theirs);
    Answer none = state.after(select, all(select, NOBODYS)).answer();
    assertSame(none, NOBODYS, state.after(select, all(select, id)).answer(), id);
  }

  /** Everything that the page can show is to be shown, and not only what follows a choice. */
  private static Map<String, String> all(Trigger trigger, String id) {
    Map<String, String> fields = new HashMap<>();
    fields.put("id", id);
    fields.put("jakarta.faces.partial.render", "upper lower bar story");
    fields.put(trigger.id(), trigger.id());
    return fields;
  }

  @Test
  void aFrameOfOthersIsNotTriedAgain() throws Exception {
    Stage.State state = stage.first("setaside.xhtml");
    Trigger retry = state.trigger("kvantRetryFrames");
    String due = "select next_try_at from ingest_failed where id = ?::bigint";
    String frame = Long.toString(others.id());
    String before = Person.value(kvant, due, frame);
    Answer none = state.after(retry, Map.of("ids", NOBODYS)).answer();
    assertSame(none, NOBODYS, state.after(retry, Map.of("ids", frame)).answer(), frame);
    state.after(retry, Map.of("ids", Long.toString(stage.estate().id()), "all", "true"));
    assertThat(Person.value(kvant, due, frame)).isEqualTo(before);
  }

  @Test
  void whatIsChosenFromAListCannotBeOthers() throws Exception {
    String organisation = Long.toString(others.id());
    String role = Long.toString(others.id());
    Person.change(
        kvant,
        "insert into role (id, organisation_id, name) overriding system value"
            + " values (?::bigint, ?::bigint, 'Мастер')",
        role,
        organisation);
    Map<String, String> user = Map.of("name", "x", "login", "foreign-new");
    assertChoosesNone("users.xhtml", 0, "save", user, "organisation", organisation);
    assertChoosesNone("users.xhtml", 0, "save", user, "roles", role);
    assertChoosesNone("roles.xhtml", 0, "save", Map.of("name", "x"), "organisation", organisation);
    assertChoosesNone(
        "organisations.xhtml", 0, "save", Map.of("name", "x"), "parent", organisation);
    assertChoosesNone("transfer.xhtml", 1, "go", Map.of("since", ""), "to", organisation);
    assertThat(
            Person.value(
                kvant,
                "select (select count(*) from account where login = 'foreign-new')"
                    + " + (select count(*) from role where name = 'x')"
                    + " + (select count(*) from organisation where name = 'x')"
                    + " + (select count(*) from device where organisation_id = ?::bigint"
                    + "   and id <> ?::bigint)",
                organisation,
                Long.toString(others.id())))
        .isEqualTo("0");
  }

  private static void assertChoosesNone(
      String page, int which, String button, Map<String, String> typed, String field, String theirs)
      throws Exception {
    Map<String, String> fields = new HashMap<>(typed);
    Stage.State state = opened(page, which);
    fields.put(field, NOBODYS);
    Answer none = state.after(state.trigger(button), fields).answer();
    state = opened(page, which);
    fields.put(field, theirs);
    assertSame(none, NOBODYS, state.after(state.trigger(button), fields).answer(), theirs);
  }

  /** As it opens, with nothing chosen, or in a later state. */
  private static Stage.State opened(String page, int which) throws Exception {
    return which == 0 ? stage.state(page) : stage.states(page).get(which);
  }

  @Test
  void whatIsSearchedForIsNotFoundIfItIsOthers() throws Exception {
    Visitor visitor = stage.visitor();
    for (String[] asked :
        new String[][] {
          {"/meters-file?format=csv&text=", others.serial()},
          {"/meters.xhtml?text=", others.serial()},
          {"/accounts.xhtml?text=", others.serial()},
          {"/sites.xhtml?id=", Long.toString(others.id())},
          {"/monitoring.xhtml?g=", Long.toString(others.id())},
          {"/monitoring.xhtml?f=serial:", others.serial()},
          {"/meters.xhtml?id=", Long.toString(others.id())},
          {"/commands.xhtml?id=", Long.toString(others.id())},
          {"/commands.xhtml?device=", Long.toString(others.id())},
          {"/commands.xhtml?campaign=", Long.toString(others.id())},
          {"/commands.xhtml?request=", Long.toString(others.id())},
          {"/campaigns.xhtml?id=", Long.toString(others.id())},
          {"/campaign.csv?id=", Long.toString(others.id())},
          {"/series?device=", Long.toString(others.id())},
          {"/audit.csv?login=", other.login()},
          {"/audit.csv?text=", other.login()},
          {"/audit.xhtml?login=", other.login()},
          {"/audit.xhtml?text=", other.login()}
        }) {
      assertSame(
          visitor.get(asked[0] + NOBODYS), NOBODYS, visitor.get(asked[0] + asked[1]), asked[1]);
    }
    Stage.State users = stage.first("users.xhtml");
    Trigger search = users.trigger("search");
    assertSame(
        users.after(search, Map.of("text", NOBODYS)).answer(),
        NOBODYS,
        users.after(search, Map.of("text", other.login())).answer(),
        other.login());
    Stage.State transfer = stage.first("transfer.xhtml");
    Trigger numbers = transfer.trigger("search");
    assertSame(
        transfer.after(numbers, Map.of("numbers", NOBODYS)).answer(),
        NOBODYS,
        transfer.after(numbers, Map.of("numbers", others.serial())).answer(),
        others.serial());
    Stage.State meters = stage.first("meters.xhtml");
    Trigger find = meters.trigger("go");
    assertSame(
        meters.after(find, Map.of("text", NOBODYS)).answer(),
        NOBODYS,
        meters.after(find, Map.of("text", others.serial())).answer(),
        others.serial());
  }

  @Test
  void whatTheMonitoringPageIsAskedForIsNoneIfItIsOthers() throws Exception {
    Stage.State state = stage.first("monitoring.xhtml");
    String id = Long.toString(others.id());
    assertAsksNone(state, "kvantFind", "text", others.serial());
    assertAsksNone(state, "kvantFound", "id", id);
    assertAsksNone(state, "kvantTick", "ids", id);
    assertAsksNone(state, "kvantComment", "id", id);
    String session =
        Person.value(
            kvant, "select max(id)::text from device_session where device_id = ?::bigint", id);
    assertThat(
            state.after(state.trigger("kvantReveal"), Map.of("session", session)).answer().body())
        .doesNotContain("\"access\"");
    assertAsksNone(state, "kvantGroups", "groups", id);
    state.after(state.trigger("kvantReset"), Map.of());
    Answer none = state.after(state.trigger("kvantTerm"), Map.of("term", "")).answer();
    assertThat(none.status()).isEqualTo(200);

    String view = Long.toString(others.id());
    Person.change(
        kvant,
        "insert into table_view (id, account_id, name, shared, columns, density, sorting,"
            + " group_ids, filter) overriding system value"
            + " values (?::bigint, ?::bigint, 'x', true, '', '', '', '', '')",
        view,
        Long.toString(other.account()));
    Visitor visitor = stage.visitor();
    Answer missing = visitor.get("/monitoring.xhtml?view=" + NOBODYS);
    assertThat(missing.status()).isEqualTo(404);
    assertSame(missing, NOBODYS, visitor.get("/monitoring.xhtml?view=" + view), view);
    for (String script :
        List.of("kvantView", "kvantViewChange", "kvantViewRemove", "kvantViewStart")) {
      assertAsksNone(stage.first("monitoring.xhtml"), script, "view", view);
    }
    assertThat(Person.value(kvant, "select name from table_view where id = ?::bigint", view))
        .isEqualTo("x");
    Person.change(kvant, "delete from table_view where id = ?::bigint", view);
  }

  @Test
  void theFleetAndTheMapKnowNothingOfOthers() throws Exception {
    Visitor visitor = stage.visitor();
    String id = Long.toString(others.id());
    assertThat(figures(visitor.get("/fleet.xhtml?g=" + id)))
        .isEqualTo(figures(visitor.get("/fleet.xhtml?g=" + NOBODYS)));
    assertSame(
        visitor.get("/map.xhtml?site=" + NOBODYS),
        NOBODYS,
        visitor.get("/map.xhtml?site=" + id),
        id);
  }

  /** The page's numbers; not the time that it tells besides. */
  private static List<String> figures(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return Pattern.compile("<b[^>]*>([^<]*)</b>")
        .matcher(answer.body())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static void assertAsksNone(Stage.State state, String script, String field, String theirs)
      throws Exception {
    Trigger trigger = state.trigger(script);
    Map<String, String> fields = new HashMap<>();
    fields.put("name", "y");
    fields.put("jakarta.faces.partial.render", "bar upper lower side views");
    fields.put(trigger.id(), trigger.id());
    fields.put(field, NOBODYS);
    Answer none = state.after(trigger, fields).answer();
    fields.put(field, theirs);
    assertSame(none, NOBODYS, state.after(trigger, fields).answer(), theirs);
  }

  private static void assertSame(Answer none, String nobodys, Answer answer, String theirs) {
    assertThat(answer.status()).as(theirs).isEqualTo(none.status());
    List<String> expected = lines(none, nobodys);
    List<String> told = lines(answer, theirs);
    for (int i = 0; i < Math.min(expected.size(), told.size()); i++) {
      assertThat(told.get(i)).as("%s, line %d", theirs, i).isEqualTo(expected.get(i));
    }
    assertThat(told).as(theirs).hasSameSizeAs(expected);
    assertThat(answer.header("Content-Type")).isEqualTo(none.header("Content-Type"));
  }

  private static List<String> lines(Answer answer, String id) {
    return answer.plain().replace(id, "ID").lines().toList();
  }
}
