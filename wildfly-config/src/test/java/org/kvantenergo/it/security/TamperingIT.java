package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/** Fields and buttons that a page does not show, sent all the same; and text that is no text. */
@ExtendWith(KvantExtension.class)
class TamperingIT {

  private static final String HOSTILE = "<script>alert(1)</script>\"'&#{1+1}${7*7}";

  private static KvantInstance kvant;
  private static Stage stage;

  @BeforeAll
  static void stage(KvantInstance shared) throws Exception {
    kvant = shared;
    stage = new Stage(kvant, "tampering", 991_005);
  }

  @AfterAll
  static void clear() throws Exception {
    stage.close();
  }

  @BeforeEach
  void allowAll() throws Exception {
    stage.person().may(Stage.ALL);
    Person.change(
        kvant,
        "insert into account_role select a.id, r.id from account a, role r"
            + " where a.login = ? and r.name = a.login on conflict do nothing",
        stage.target());
  }

  @Test
  void whatIsOnlyShownCannotBeSent() throws Exception {
    long before = Person.lastOfAudit(kvant);
    // One's own account.
    Stage.State users = stage.state("users.xhtml");
    Stage.State self = stage.chosen(users, stage.person().login());
    assertThat(self.answer().body()).doesNotContain("id=\"save\"");
    for (String button : List.of("save", "reset", "block", "unblock")) {
      send(self, "one", button, Map.of("name", "Другое имя", "roles", "1", "organisation", "1"));
    }
    assertThat(
            Person.value(kvant, "select name from account where login = ?", stage.person().login()))
        .isEqualTo("Проба " + stage.person().login());
    // A ready-made role.
    Stage.State roles = stage.state("roles.xhtml");
    Stage.State ready = stage.chosen(roles, "Наблюдатель");
    for (String button : List.of("save", "remove")) {
      send(ready, "one", button, Map.of("name", "x", "permissions", "READ_AUDIT"));
    }
    // One's own organisation.
    Stage.State organisations = stage.state("organisations.xhtml");
    Stage.State own = stage.chosen(organisations, stage.person().login());
    send(own, "one", "save", Map.of("name", "x", "kind", "OPERATOR", "parent", "1"));
    // A list that has errors is applied without its bad lines or not at all.
    String list = stage.estate().list(stage.person().account());
    Person.change(
        kvant, "update meter_list set lines = 2, bad_lines = 1 where id = ?::bigint", list);
    Answer page = stage.visitor().get("/meterlist.xhtml?id=" + list);
    Stage.State bad = new Stage.State(stage, "meterlist.xhtml", Map.of(), page);
    send(bad, "f", "apply", Map.of("id", list));
    assertThat(Person.value(kvant, "select state from meter_list where id = ?::bigint", list))
        .isEqualTo("CHECKED");
    assertThat(stage.person().audit(before)).isEmpty();
  }

  @Test
  void aFormTakesItsOwnFieldsAndTheirOwnChoices() throws Exception {
    Stage.State target = stage.states("users.xhtml").get(1);
    String login = stage.target();
    String id = Person.value(kvant, "select id from account where login = ?", login);
    String before =
        Person.value(
            kvant,
            "select concat_ws('|', a.login, a.password_hash, a.must_change, r.role_id) from account a"
                + " join account_role r on r.account_id = a.id where a.id = ?::bigint",
            id);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", "Новое имя");
    fields.put("organisation", Long.toString(stage.estate().id()));
    fields.put("roles", before.substring(before.lastIndexOf('|') + 1));
    for (String more :
        List.of(
            "login",
            "password",
            "users.login",
            "one:login",
            "selected",
            "id",
            "blocked",
            "must_change",
            "password_hash",
            "version",
            "accountId")) {
      fields.put(more, "1");
    }
    send(target, "one", "save", fields);
    assertThat(
            Person.value(
                kvant,
                "select concat_ws('|', a.login, a.password_hash, a.must_change, r.role_id) from account"
                    + " a join account_role r on r.account_id = a.id where a.id = ?::bigint",
                id))
        .isEqualTo(before);
    assertThat(Person.value(kvant, "select name from account where id = ?::bigint", id))
        .isEqualTo("Новое имя");
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() throws Exception {
    Set<Permission> most = EnumSet.complementOf(EnumSet.of(Permission.READ_SECRETS));
    stage.person().may(most);
    long before = Person.lastOfAudit(kvant);
    String administrator =
        Person.value(
            kvant, "select id from role where name = 'ADMINISTRATOR' and organisation_id is null");
    Map<String, String> user =
        Map.of(
            "login",
            "tampering-new",
            "name",
            "x",
            "roles",
            administrator,
            "organisation",
            Long.toString(stage.estate().id()));
    send(stage.state("users.xhtml"), "one", "save", user);
    send(
        stage.state("roles.xhtml"),
        "one",
        "save",
        Map.of(
            "name",
            "tampering-role",
            "permissions",
            "READ_SECRETS",
            "organisation",
            Long.toString(stage.estate().id())));
    send(
        stage.state("roles.xhtml"),
        "one",
        "save",
        Map.of(
            "name",
            "tampering-role",
            "permissions",
            "EVERYTHING",
            "organisation",
            Long.toString(stage.estate().id())));
    assertThat(
            Person.value(
                kvant,
                "select (select count(*) from account where login = 'tampering-new')"
                    + " + (select count(*) from role where name = 'tampering-role')"))
        .isEqualTo("0");
    assertThat(stage.person().audit(before)).isEmpty();
  }

  @Test
  void textIsTextWhereverItIsShown() throws Exception {
    String name = HOSTILE + " " + stage.target();
    Stage.State target = stage.states("users.xhtml").get(1);
    send(
        target,
        "one",
        "save",
        Map.of("name", name, "organisation", Long.toString(stage.estate().id())));
    assertThat(Person.value(kvant, "select name from account where login = ?", stage.target()))
        .isEqualTo(name);
    Visitor visitor = new Visitor(kvant);
    visitor.enter(
        stage.person().login(), Person.PASSWORD, "User-Agent", "<script>alert(1)</script>");
    for (String address :
        List.of(
            "/users.xhtml", "/audit.xhtml?login=" + stage.person().login(), "/password.xhtml")) {
      Answer page = visitor.get(address);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body())
          .as(address)
          .doesNotContain("<script>alert(1)")
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }
    assertThat(visitor.get("/users.xhtml").body()).contains("#{1+1}${7*7}");
    Answer login = new Visitor(kvant).enter(HOSTILE, "x");
    assertThat(login.body())
        .doesNotContain("<script>alert(1)")
        .contains("&lt;script&gt;alert(1)")
        .contains("#{1+1}${7*7}");
    for (String address :
        List.of(
            "/audit.xhtml?text=%3Cscript%3Ealert(1)%3C/script%3E",
            "/meterlist.xhtml?id=%3Cscript%3Ealert(1)")) {
      assertThat(visitor.get(address).body()).as(address).doesNotContain("<script>alert(1)");
    }
  }

  @Test
  void aCellOfATableIsNoFormula() throws Exception {
    Stage.State target = stage.states("users.xhtml").get(1);
    send(
        target,
        "one",
        "save",
        Map.of(
            "name",
            "=HYPERLINK(\"https://evil.example\";\"x\")",
            "organisation",
            Long.toString(stage.estate().id())));
    String csv = stage.visitor().get("/audit.csv?login=" + stage.person().login()).body();
    assertThat(csv).contains("HYPERLINK");
    assertThat(csv.lines().flatMap(line -> List.of(line.split(";(?=\")", -1)).stream()))
        .allMatch(cell -> !cell.matches("\"[=+\\-@\\t].*"));
  }

  @Test
  void noParameterLeadsElsewhere() throws Exception {
    for (String name :
        List.of(
            "to",
            "next",
            "url",
            "target",
            "return",
            "returnUrl",
            "redirect",
            "redirect_uri",
            "goto",
            "continue",
            "from",
            "origin",
            "RelayState")) {
      for (String where :
          List.of(
              "https://evil.example/",
              "//evil.example",
              "/\\evil.example",
              "javascript:alert(1)")) {
        String query = "?" + Visitor.encoded(Map.of(name, where));
        for (String address : List.of("/language", "/users.xhtml", "/")) {
          assertThat(new Visitor(kvant).get(address + query).header("Location"))
              .isIn("/", "/login.xhtml");
        }
      }
      Visitor visitor = new Visitor(kvant);
      String query = "?" + Visitor.encoded(Map.of(name, "https://evil.example/"));
      Answer in =
          visitor.post(
              "/login.xhtml" + query,
              Visitor.login(
                  visitor.get("/login.xhtml" + query), stage.person().login(), Person.PASSWORD));
      assertThat(in.header("Location")).as(query).isEqualTo("/");
    }
  }

  /** A button pressed whether it is there or not. */
  private static void send(Stage.State state, String form, String button, Map<String, String> typed)
      throws Exception {
    Answer answer =
        new Trigger(button, form, false, button)
            .press(
                stage.visitor(),
                "/" + state.page(),
                state.answer().viewState().orElseThrow(),
                typed);
    assertThat(answer.status()).as(button).isIn(200, 302);
  }
}
