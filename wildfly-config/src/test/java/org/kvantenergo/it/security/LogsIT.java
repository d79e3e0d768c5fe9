package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/** What is written down of an attack, and that nobody else holds the pen. */
@ExtendWith(KvantExtension.class)
class LogsIT {

  /** A line of the log as the server writes it. */
  private static final String FAKE =
      "2026-01-01 00:00:00,000Z INFO  [org.kvantenergo] (x) a line of an attacker's own";

  private static KvantInstance kvant;
  private static Stage stage;

  @BeforeAll
  static void stage(KvantInstance shared) throws Exception {
    kvant = shared;
    stage = new Stage(kvant, "logs", 991_006);
  }

  @AfterAll
  static void clear() throws Exception {
    stage.close();
    Person.change(kvant, "delete from sign_in_failure");
  }

  @Test
  void nobodyWritesALineOfTheirOwnIntoTheLog() throws Exception {
    for (String end : List.of("\r\n", "\u2028")) {
      String value = "x" + end + FAKE;
      Visitor stranger = new Visitor(kvant);
      stranger.enter(value, "wrong");
      for (int i = 0; i < 5; i++) {
        new Visitor(kvant).enter(stage.target() + end + FAKE, value);
      }
      stage.person().may(Stage.ALL);
      for (String page : War.deployed().pages()) {
        if (Set.of("login.xhtml", "code.xhtml", "expired.xhtml").contains(page)) {
          continue;
        }
        Stage.State state = stage.state(page);
        for (Trigger trigger : state.triggers()) {
          if (!List.of("sign-out", "language").contains(trigger.name())) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (String field :
                List.of(
                    "id",
                    "ids",
                    "first",
                    "all",
                    "name",
                    "login",
                    "text",
                    "numbers",
                    "since",
                    "to",
                    "organisation",
                    "parent",
                    "kind",
                    "roles",
                    "permissions",
                    "current",
                    "fresh",
                    "jakarta.faces.partial.render",
                    "jakarta.faces.behavior.event")) {
              fields.put(field, value);
            }
            state.after(trigger, fields, 200, 302, 400);
          }
        }
        String query =
            Visitor.encoded(
                Map.of(
                    "id", value, "from", value, "page", value, "action", value, "login", value,
                    "text", value, "device", value, "record", value, "format", value));
        for (String address : List.of("/" + page, "/audit.csv", "/meters-file", "/language")) {
          stage.visitor().get(address + "?" + query);
        }
      }
      stage.visitor().get("/" + Visitor.encoded(Map.of(value, value)) + ".xhtml");
    }
    // Badly encoded, which the server itself complains of.
    stage.visitor().ask("POST", "/users.xhtml", "a=%zz\r\n" + FAKE + "&b=1\r\n" + FAKE + "=%");
    for (String line :
        new String(Files.readAllBytes(kvant.log()), StandardCharsets.UTF_8).split("[\r\n]+", -1)) {
      assertThat(line).doesNotStartWith(FAKE);
    }
    assertThat(
            Person.value(
                kvant,
                "select count(*) from audit where concat(login, address, object) ~ '[\\r\\n\\u0085\\u2028]'"
                    + " or before || after ~ '(^|\\n)2026-01-01'"))
        .isEqualTo("0");
  }

  @Test
  void aRefusalIsNotedWithWhoFromWhereAndWhat() throws Exception {
    stage.person().may(Set.of(Permission.READ_DEVICES));
    long before = Person.lastOfAudit(kvant);
    for (String address : List.of("/users.xhtml", "/audit.csv", "/roles.xhtml?x=y")) {
      assertThat(stage.visitor().get(address).status()).as(address).isEqualTo(403);
    }
    assertThat(
            stage.visitor().post("/meters-upload", Map.of("a", "b"), "X-Kvant-Page", "1").status())
        .isEqualTo(403);
    assertThat(
            Person.value(
                kvant,
                "select string_agg(concat_ws(' ', login, address, action, object, after), ', '"
                    + " order by id) from audit where id > ?::bigint and login = ?",
                Long.toString(before),
                stage.person().login()))
        .isEqualTo(
            "logs 127.0.0.1 REFUSED /users.xhtml permission=MANAGE_USERS, logs 127.0.0.1 REFUSED"
                + " /audit.csv permission=READ_AUDIT, logs 127.0.0.1 REFUSED /roles.xhtml"
                + " permission=MANAGE_ROLES, logs 127.0.0.1 REFUSED /meters-upload"
                + " permission=REGISTER");
  }

  @Test
  void aRequestThatNoPageSendsIsNoted() throws Exception {
    stage.person().may(Stage.ALL);
    String before = log();
    assertThat(
            stage
                .visitor()
                .post("/users.xhtml", Map.of("a", "b"), "Origin", "https://evil.example")
                .status())
        .isEqualTo(403);
    assertThat(stage.visitor().ask("DELETE", "/users.xhtml", "").status()).isEqualTo(405);
    assertThat(log().substring(before.length()))
        .containsPattern(
            "(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}(Z|[+-]\\d\\d:\\d\\d) WARN  .* KVANT-2540")
        .contains("(FOREIGN): POST /users.xhtml from 127.0.0.1")
        .contains("(METHOD): DELETE /users.xhtml from 127.0.0.1");
  }

  @Test
  void noSecretIsInTheLog() throws Exception {
    Visitor visitor = stage.person().visitor();
    String password = "секрет-которого-нет-9";
    new Visitor(kvant).enter(stage.target(), password);
    Answer page = visitor.get("/password.xhtml");
    visitor.post(
        "/password.xhtml",
        Map.of(
            "change",
            "change",
            "current",
            password,
            "fresh",
            password + "1",
            "again",
            password + "1",
            "save",
            "x",
            Visitor.VIEW_STATE,
            page.viewState().orElseThrow()));
    assertThat(log())
        .doesNotContain(password)
        .doesNotContain(visitor.session().split("\\.", 2)[0])
        .doesNotContain(page.viewState().orElseThrow());
    assertThat(
            Person.value(
                kvant, "select count(*) from audit a where a::text like '%' || ? || '%'", password))
        .isEqualTo("0");
  }

  private static String log() throws Exception {
    return Files.readString(kvant.log());
  }
}
