package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
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

/** What another site's page sends in the name of whoever sits before it does nothing. */
@ExtendWith(KvantExtension.class)
class ForgeryIT {

  private static final String ELSEWHERE = "https://evil.example";
  private static final int POLICY = 1008;

  private static Stage stage;

  @BeforeAll
  static void stage(KvantInstance kvant) throws Exception {
    stage = new Stage(kvant, "forgery", 991_002);
  }

  @AfterAll
  static void clear() throws Exception {
    stage.close();
  }

  @Test
  void noFormOfAnyPageDoesAnythingUnlessWeSentItToThisSession() throws Exception {
    Visitor stranger = stage.visitor();
    Visitor victim = stage.person().visitor();
    int tried = 0;
    for (String page : War.deployed().pages()) {
      if (Set.of("login.xhtml", "code.xhtml", "expired.xhtml").contains(page)) {
        continue;
      }
      for (Stage.State state : stage.states(page)) {
        long before = Person.lastOfAudit(stage.kvant());
        for (Trigger trigger : state.triggers()) {
          String path = "/" + page;
          Map<String, String> form = trigger.form("", state.fields());
          form.remove(Visitor.VIEW_STATE);
          // The custody of no record at all is not there.
          assertThat(victim.post(path, form).status())
              .as("%s without a view", trigger)
              .isEqualTo(page.equals("custody.xhtml") ? 404 : 200);
          for (String view :
              List.of(state.answer().viewState().orElseThrow(), "-1:-1", "1", "rO0ABXNyAA==")) {
            form.put(Visitor.VIEW_STATE, view);
            assertThat(victim.post(path, form).title())
                .as("%s with the view %s", trigger, view)
                .isEqualTo("Сеанс закончился");
          }
          tried++;
        }
        assertThat(stage.person().audit(before)).as("done on %s", page).isEmpty();
      }
    }
    assertThat(tried).isGreaterThan(50);
    assertThat(victim.isIn()).isTrue();
    assertThat(stranger.isIn()).isTrue();
  }

  @Test
  void noFormIsTakenFromAPageOfAnotherSite() throws Exception {
    Visitor visitor = stage.visitor();
    Stage.State state = stage.states("organisations.xhtml").get(0);
    Map<String, String> form =
        state
            .trigger("save")
            .form(state.answer().viewState().orElseThrow(), Map.of("name", "Подделка"));
    long before = Person.lastOfAudit(stage.kvant());
    for (String[] headers :
        new String[][] {
          {"Origin", ELSEWHERE},
          {"Origin", "null"},
          {"Origin", visitor.url() + "0"},
          {"Sec-Fetch-Site", "cross-site", "Origin", visitor.url()},
          {"Sec-Fetch-Site", "same-site"},
          {"Sec-Fetch-Site", ""}
        }) {
      Answer answer = visitor.post("/organisations.xhtml", form, headers);
      assertThat(answer.status()).as(List.of(headers).toString()).isEqualTo(403);
      assertThat(answer.body()).isEmpty();
    }
    Answer upload =
        visitor.post("/meters-upload", Map.of("x", "y"), "Origin", ELSEWHERE, "X-Kvant-Page", "1");
    assertThat(upload.status()).isEqualTo(403);
    // Nor the login page: whoever is signed in as somebody else shows them what they type.
    Visitor fresh = new Visitor(stage.kvant());
    Answer page = fresh.get("/login.xhtml");
    Answer login = fresh.enter(page, Visitor.ADMIN, Visitor.ADMIN_PASSWORD, "Origin", ELSEWHERE);
    assertThat(login.status()).isEqualTo(403);
    assertThat(fresh.isIn()).isFalse();
    assertThat(stage.person().audit(before)).isEmpty();

    // The same form from our own page does what it says: it was refused for where it came from.
    form.put("name", "");
    Answer own =
        visitor.post(
            "/organisations.xhtml", form, "Origin", visitor.url(), "Sec-Fetch-Site", "same-origin");
    assertThat(own.status()).isEqualTo(200);
    assertThat(own.first("id=\"note\"[^>]*>([^<]*)")).isNotEmpty();
  }

  @Test
  void whatAFormDoesIsNotDoneByAnAddress() throws Exception {
    Visitor visitor = stage.visitor();
    long before = Person.lastOfAudit(stage.kvant());
    for (String page : List.of("organisations.xhtml", "users.xhtml", "monitoring.xhtml")) {
      Stage.State state = stage.states(page).get(0);
      for (Trigger trigger : state.triggers()) {
        String view = state.answer().viewState().orElseThrow();
        String query = "?" + Visitor.encoded(trigger.form(view, Map.of("name", "Подделка")));
        for (String method : List.of("GET", "HEAD")) {
          assertThat(visitor.ask(method, "/" + page + query, "").status())
              .as("%s %s by %s", page, trigger, method)
              .isEqualTo(400);
        }
        Map<String, String> bare = new LinkedHashMap<>(trigger.form(view, Map.of()));
        bare.remove(Visitor.VIEW_STATE);
        assertThat(visitor.get("/" + page + "?" + Visitor.encoded(bare)).status()).isEqualTo(200);
      }
    }
    assertThat(visitor.isIn()).as("nor is anybody signed out").isTrue();
    assertThat(stage.person().audit(before)).isEmpty();
  }

  @Test
  void aLinkChangesNobodysLanguage() throws Exception {
    Visitor visitor = stage.visitor();
    assertThat(visitor.get("/language?to=en").header("Location")).isEqualTo("/");
    assertThat(
            Person.value(
                stage.kvant(),
                "select locale from account where login = ?",
                stage.person().login()))
        .isEqualTo("ru");
    assertThat(visitor.get("/password.xhtml").title()).isEqualTo("Мой доступ");
  }

  @Test
  void aPageOfAnotherSiteDoesNotListen() throws Exception {
    String url = stage.visitor().url();
    String cookie = stage.visitor().cookieHeader();
    for (String origin : List.of(ELSEWHERE, "null", url + "0")) {
      try (Ear ear = Ear.with(url, "Cookie", cookie, "Origin", origin)) {
        assertThat(ear.closed()).as(origin).isEqualTo(POLICY);
        assertThat(ear.hasHeard()).as("heard by %s", origin).isFalse();
      }
    }
    try (Ear own = Ear.of(stage.visitor())) {
      assertThat(own.next()).isNotEmpty();
    }
  }

  @Test
  void whoHasNotSignedInDoesNotListen() {
    String url = stage.visitor().url();
    assertThatThrownBy(() -> Ear.with(url, "Origin", url))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }
}
