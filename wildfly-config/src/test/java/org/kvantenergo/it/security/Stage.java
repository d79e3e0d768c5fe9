package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Orders;
import org.kvantenergo.shared.Permission;

/**
 * What must be there so that every button of every page is shown once: people, a role, a device
 * with a record, a list. Of one organisation below the one that runs the installation, so that no
 * other test of the same server meets it.
 */
final class Stage implements AutoCloseable {

  static final Set<Permission> ALL = EnumSet.allOf(Permission.class);

  private static final String DEVICES = "devices.xhtml";

  /**
   * What asks for a drawer or a dialogue, in an order in which what one does leaves the next one
   * something to do.
   */
  private static final Map<String, List<String>> ASKING =
      Map.of(
          "accounts.xhtml",
          List.of("add", "do-move", "do-end"),
          DEVICES,
          List.of("groups", "key-make", "key-remove", "block", "unregister"),
          "meters.xhtml",
          List.of(
              "add",
              "do-correct",
              "do-verify",
              "do-seal",
              "do-fit",
              "do-place",
              "do-replace",
              "do-remove"),
          "sites.xhtml",
          List.of("add", "do-below", "do-change", "do-remove"));

  private static final Map<String, String> DIALOGUE =
      Map.of("jakarta.faces.partial.render", "asked");

  private final KvantInstance kvant;

  /** Somebody who comes first in every list, and their role. */
  private final String target;

  /** More people than a page shows. */
  private final String crowd;

  private final Estate estate;
  private final Person person;
  private final String list;
  private final Orders orders;
  private final Visitor visitor;

  /**
   * Makes one.
   *
   * @param name of the person and the organisation
   * @param module number of a module that nobody else has
   */
  Stage(KvantInstance kvant, String name, int module) throws Exception {
    this.kvant = kvant;
    target = "aaa-" + name;
    crowd = "zzz-" + name + "-";
    estate = Estate.below(kvant, name, module);
    person = Person.in(kvant, name, estate.id());
    Person.in(kvant, target, estate.id());
    Person.change(
        kvant,
        "insert into account (organisation_id, login, name, password_hash)"
            + " select ?::bigint, ? || n, 'x', '' from generate_series(100, 220) n",
        Long.toString(estate.id()),
        crowd);
    list = estate.list(person.account());
    orders = new Orders(kvant, name);
    person.may(ALL);
    visitor = person.visitor();
  }

  /** What a page looks like at some moment, and how it is sent from there. */
  record State(Stage stage, String page, Map<String, String> fields, Answer answer) {

    List<Trigger> triggers() {
      return Trigger.of(answer);
    }

    Trigger trigger(String name) {
      return triggers().stream()
          .filter(trigger -> trigger.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError(page + " shows no " + name + ": " + answer.body()));
    }

    /** As a whole page: a script's refusal would leave the view at the page that says no. */
    Answer press(Trigger trigger) throws Exception {
      Answer said =
          trigger.pressWhole(stage.visitor, "/" + page, answer.viewState().orElseThrow(), fields);
      assertThat(said.body())
          .as("%s still knows its view", page)
          .doesNotContain("Сеанс закончился");
      return said;
    }

    /** What is shown after a press. */
    State after(Trigger trigger, Map<String, String> typed) throws Exception {
      return after(trigger, typed, 200);
    }

    /** The same, where the answer may be one of several. */
    State after(Trigger trigger, Map<String, String> typed, Integer... statuses) throws Exception {
      Map<String, String> sent = new HashMap<>(typed);
      sent.put("primefaces.nonce", answer.first("nonce=\"([^\"]+)\""));
      Answer said =
          trigger.press(stage.visitor, "/" + page, answer.viewState().orElseThrow(), sent);
      assertThat(said.status()).as("%s on %s", trigger, page).isIn((Object[]) statuses);
      return new State(stage, page, fields, said);
    }
  }

  KvantInstance kvant() {
    return kvant;
  }

  Estate estate() {
    return estate;
  }

  Person person() {
    return person;
  }

  Visitor visitor() {
    return visitor;
  }

  /** The login of somebody in the same organisation whom the person may have in order. */
  String target() {
    return target;
  }

  /** A page as it opens. */
  State state(String page) throws Exception {
    Map<String, String> fields = page.equals("meterlist.xhtml") ? Map.of("id", list) : Map.of();
    Answer answer = visitor.get("/" + page + query(page));
    assertThat(answer.status()).as(page).isEqualTo(200);
    return new State(this, page, fields, answer);
  }

  /** What a page must be asked for so that it shows something. */
  String query(String page) {
    return switch (page) {
      case "custody.xhtml" -> "?device=" + estate.id() + "&record=" + estate.record();
      case "meterlist.xhtml" -> "?id=" + list;
      default -> "";
    };
  }

  /** A page as it opens for who may do everything. */
  State first(String page) throws Exception {
    person.may(ALL);
    return state(page);
  }

  /** A page in every state that shows other buttons. */
  List<State> states(String page) throws Exception {
    if (page.equals("password.xhtml")) {
      // Another session, which can be ended.
      person.visitor();
    }
    State first = first(page);
    List<State> states = new ArrayList<>(List.of(first));
    switch (page) {
      case "users.xhtml" -> states.add(chosen(first, target));
      case "roles.xhtml" -> states.add(chosen(first, target));
      case "campaigns.xhtml" -> campaignStates(states);
      case "commands.xhtml" -> commandStates(states);
      case "transfer.xhtml" ->
          states.add(first.after(first.trigger("search"), Map.of("numbers", estate.serial())));
      default -> {}
    }
    return states;
  }

  /** Campaigns of the organisation: one that runs, one that is paused, one that is halted. */
  List<Long> campaigns() throws SQLException {
    List<Long> ids = new ArrayList<>();
    for (String set :
        List.of("state = 'RUNNING'", "state = 'PAUSED', resumes = 'RUNNING'", "state = 'HALTED'")) {
      long id = orders.campaign("x", estate.id(), estate.id() + 1);
      orders.update("update campaign set " + set + " where id = ?", id);
      if (set.contains("HALTED")) {
        orders.update("update command set state = 'FAILED' where campaign_id = ?", id);
      }
      ids.add(id);
    }
    return ids;
  }

  private void campaignStates(List<State> states) throws Exception {
    String query = "";
    for (long id : campaigns()) {
      query = "?id=" + id;
      states.add(at("campaigns.xhtml", query));
    }
    for (String ask : List.of("ask-go-on", "ask-retry", "cancel-rest")) {
      State own = at("campaigns.xhtml", query);
      states.add(own.after(own.trigger(ask), DIALOGUE));
    }
  }

  /** With a command chosen, with what waits for approval, and with each dialogue. */
  private void commandStates(List<State> states) throws Exception {
    orders.send(estate.id());
    long command = orders.value("select max(id) from command where device_id = ?", estate.id());
    new Orders(kvant, target).propose(estate.id());
    String page = "commands.xhtml";
    states.add(at(page, "?id=" + command));
    states.add(at(page, "?request=999999999"));
    for (int i = 0; i < 2; i++) {
      State own = at(page, "");
      List<Trigger> asking =
          own.triggers().stream().filter(t -> t.id().matches(".*:0:.*")).toList();
      states.add(own.after(asking.get(i), DIALOGUE));
    }
  }

  private State at(String page, String query) throws Exception {
    Answer answer = visitor.get("/" + page + query);
    assertThat(answer.status()).as(page + query).isEqualTo(200);
    return new State(this, page, Map.of(), answer);
  }

  /** A way to a state of a page. */
  interface Way {
    /** Goes it in a view of its own, by somebody who may everything. */
    State go() throws Exception;
  }

  /**
   * The states of a page with a table: as it opens, with the organisation's own row chosen, and
   * with each drawer or dialogue that can be asked for then.
   */
  List<Way> ways(String page) {
    List<Way> ways = new ArrayList<>();
    ways.add(() -> opened(page));
    ways.add(() -> withRow(page));
    if (page.equals(DEVICES)) {
      ways.add(this::withGroup);
    }
    for (String ask : ASKING.get(page)) {
      ways.add(() -> asked(withRow(page), ask));
    }
    return ways;
  }

  private State opened(String page) throws Exception {
    person.may(ALL);
    return state(page);
  }

  private State withRow(String page) throws Exception {
    State opened = opened(page);
    Trigger select =
        opened.triggers().stream()
            .filter(trigger -> trigger.name().startsWith("kvantSelect"))
            .findFirst()
            .orElseThrow();
    Map<String, String> row =
        Map.of("id", Long.toString(estate.id()), "jakarta.faces.partial.render", "lower");
    Answer chosen = opened.after(select, row).answer();
    assertThat(chosen.body()).as(page).contains(estate.serial().substring(5));
    Answer both =
        new Answer(chosen.status(), chosen.response(), chosen.body() + opened.answer().body());
    return new State(this, page, Map.of(), both);
  }

  /** The dialogue of groups with one of them chosen. */
  private State withGroup() throws Exception {
    // The one before may have been removed.
    Person.change(
        kvant,
        "insert into device_group (organisation_id, name, position) values (?::bigint, 'x', 1)"
            + " on conflict do nothing",
        Long.toString(estate.id()));
    State groups = asked(withRow(DEVICES), "groups");
    Trigger group =
        groups.triggers().stream()
            .filter(trigger -> trigger.id().matches(".*:\\d+:.*"))
            .findFirst()
            .orElseThrow();
    return groups.after(group, Map.of("jakarta.faces.partial.render", "asked"));
  }

  private static State asked(State state, String ask) throws Exception {
    String where = state.page().equals(DEVICES) ? "asked" : "drawer";
    return state.after(state.trigger(ask), Map.of("jakarta.faces.partial.render", where));
  }

  /** The row of a list whose link says something, pressed. */
  State chosen(State state, String text) throws Exception {
    String body = state.answer().body().replace("&#39;", "'").replace("\\-", "-");
    Matcher link =
        Pattern.compile("<a [^>]*\\bid=\"([^\"]+)\"[^>]*>" + Pattern.quote(text) + "</a>")
            .matcher(body);
    assertThat(link.find()).as("a link to %s on %s", text, body).isTrue();
    // The page has no script in its attributes: what a link does is registered by the link's id.
    Matcher does =
        Pattern.compile(
                Pattern.quote("'" + link.group(1) + "'") + ",'onclick',[^{]*\\{[^{]*\\{'([^']+)'")
            .matcher(body);
    assertThat(does.find()).as("what %s does", link.group()).isTrue();
    State after = state.after(new Trigger(does.group(1), "list", false, ""), Map.of());
    assertThat(after.answer().body()).containsPattern("<h2>[^<]*" + text + "|value=\"" + text);
    return after;
  }

  static boolean refused(Answer answer) {
    return answer.body().contains("<title>Нет доступа");
  }

  /** Each permission alone, all but each of those that are needed, and just those. */
  static List<Set<Permission>> trials(Set<Permission> needs) {
    Set<Set<Permission>> trials = new LinkedHashSet<>();
    for (Permission alone : Permission.values()) {
      trials.add(EnumSet.of(alone));
    }
    for (Permission missing : needs) {
      Set<Permission> rest = EnumSet.allOf(Permission.class);
      rest.remove(missing);
      trials.add(rest);
    }
    trials.add(needs.isEmpty() ? EnumSet.noneOf(Permission.class) : EnumSet.copyOf(needs));
    return List.copyOf(trials);
  }

  @Override
  public void close() throws SQLException {
    Person.change(kvant, "delete from account where login like ? || '%'", crowd);
    estate.close();
  }
}
