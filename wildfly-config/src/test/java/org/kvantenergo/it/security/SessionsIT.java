package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/** From the first page to the end of a session, and what somebody could do with its name. */
@ExtendWith(KvantExtension.class)
class SessionsIT {

  private static KvantInstance kvant;
  private static Person person;

  @BeforeAll
  static void somebody(KvantInstance shared) throws Exception {
    kvant = shared;
    person = Person.in(kvant, "sessions", 0);
    person.may(Set.of(Permission.READ_DEVICES));
  }

  @Test
  void aSessionThatWasPlantedIsNotTakenOver() throws Exception {
    Visitor attacker = new Visitor(kvant);
    attacker.get("/login.xhtml");
    Visitor victim = new Visitor(kvant);
    victim.adopt(attacker.sessionCookie(), attacker.session());
    victim.enter(person.login(), Person.PASSWORD);
    assertThat(victim.isIn()).isTrue();
    assertThat(victim.session()).isNotEqualTo(attacker.session());
    assertThat(attacker.isIn()).as("who planted it").isFalse();
    // Nor does the server take a name that somebody thought of.
    Visitor second = new Visitor(kvant);
    second.adopt(victim.sessionCookie(), "planted");
    Answer page = second.get("/login.xhtml");
    assertThat(page.cookies()).as("a new one is given").hasSize(1);
    assertThat(second.session()).isNotEqualTo("planted");
  }

  @Test
  void everySignInHasANewNameAndTheOldOneIsNothing() throws Exception {
    Visitor visitor = new Visitor(kvant);
    Answer page = visitor.get("/login.xhtml");
    String before = visitor.session();
    visitor.enter(page, person.login(), Person.PASSWORD);
    String first = visitor.session();
    assertThat(first).isNotEqualTo(before);
    assertThat(with(visitor, before).isIn()).isFalse();
    assertThat(with(visitor, first).isIn()).isTrue();
    signOut(visitor);
    visitor.enter(person.login(), Person.PASSWORD);
    assertThat(visitor.session()).isNotIn(before, first);
    // 128 bits and more: 30 random bytes in base64 and the node's name.
    assertThat(visitor.session()).matches("[A-Za-z0-9_-]{40}(\\..+)?");
  }

  @Test
  void theNameIsInACookieAndNowhereElse() throws Exception {
    Visitor visitor = person.visitor();
    for (String page :
        List.of("/", "/password.xhtml", "/meters.xhtml", "/custody.xhtml?device=1")) {
      String body = visitor.get(page).body();
      assertThat(body)
          .doesNotContain(visitor.session().split("\\.", 2)[0])
          .doesNotContainIgnoringCase("jsessionid")
          .doesNotContainIgnoringCase(";" + visitor.sessionCookie());
    }
    for (String name : List.of("jsessionid", "JSESSIONID", visitor.sessionCookie())) {
      for (String path :
          List.of(
              "/password.xhtml;" + name + "=" + visitor.session(),
              "/password.xhtml?" + name + "=" + visitor.session())) {
        Answer stranger = new Visitor(kvant).get(path);
        assertThat(stranger.status()).as(path).isEqualTo(302);
        assertThat(stranger.header("Location")).isEqualTo("/login.xhtml");
      }
    }
    assertThat(
            Person.value(
                kvant,
                "select count(*) from account_session where position(convert_to(?, 'UTF8')"
                    + " in digest) > 0",
                visitor.session().substring(0, 20)))
        .isEqualTo("0");
  }

  @Test
  void theCookieIsForTheServerAlone() throws Exception {
    Visitor visitor = new Visitor(kvant);
    List<String> set = new ArrayList<>(visitor.get("/login.xhtml").cookies());
    set.addAll(visitor.enter(person.login(), Person.PASSWORD).cookies());
    set.addAll(visitor.get("/language?to=ru").cookies());
    assertThat(set).hasSizeGreaterThanOrEqualTo(3);
    for (String cookie : set) {
      List<String> attributes = List.of(cookie.toLowerCase(Locale.ROOT).split("; *", -1));
      assertThat(attributes).as(cookie).contains("httponly", "samesite=lax", "path=/");
      assertThat(attributes).as(cookie).noneMatch(attribute -> attribute.startsWith("domain="));
      if (cookie.contains("KVANTSESSION")) {
        assertThat(attributes)
            .as("ends with the browser: %s", cookie)
            .noneMatch(attribute -> attribute.matches("(max-age|expires)=.*"));
      }
    }
  }

  @Test
  void whoSignedOutIsOutOnTheServer() throws Exception {
    Visitor visitor = person.visitor();
    String session = visitor.session();
    Visitor other = person.visitor();
    Stage.State state =
        new Stage.State(null, "password.xhtml", java.util.Map.of(), visitor.get("/password.xhtml"));
    Answer out = signOut(visitor);
    assertThat(out.header("Location")).isEqualTo("/login.xhtml");
    Visitor again = with(visitor, session);
    assertThat(again.isIn()).isFalse();
    Answer form =
        again.post(
            "/password.xhtml",
            state
                .trigger("end-others")
                .form(state.answer().viewState().orElseThrow(), java.util.Map.of()));
    assertThat(form.header("Location")).isEqualTo("/login.xhtml");
    assertThat(other.isIn()).as("the other session goes on").isTrue();
  }

  @Test
  void whoDoesNothingForHalfAnHourIsOut() throws Exception {
    Visitor visitor = person.visitor();
    moved("seen_at", "30 minutes");
    assertThat(visitor.isIn()).isTrue();
    moved("seen_at", "31 minutes");
    assertThat(visitor.isIn()).isFalse();
    Visitor later = person.visitor();
    assertThat(open()).as("the next sign-in of anybody clears what has ended").isEqualTo(1);
    assertThat(later.isIn()).isTrue();
  }

  @Test
  void nobodyStaysForMoreThanTwelveHours() throws Exception {
    Visitor visitor = person.visitor();
    moved("began_at", "11 hours 59 minutes");
    assertThat(visitor.isIn()).isTrue();
    moved("began_at", "12 hours");
    assertThat(visitor.isIn()).isFalse();
  }

  @Test
  void aSessionWhoseRowIsGoneOrWhoseAccountIsBlockedIsOver() throws Exception {
    Visitor visitor = person.visitor();
    Person.change(kvant, "update account set blocked_at = now() where login = ?", person.login());
    try {
      assertThat(visitor.isIn()).isFalse();
    } finally {
      Person.change(kvant, "update account set blocked_at = null where login = ?", person.login());
    }
    // The server forgot it, too: a block that is taken away opens nothing again.
    assertThat(visitor.isIn()).isFalse();
  }

  @Test
  void whatNeedsNobodyMakesNoSession() throws Exception {
    for (String path :
        List.of("/static/app.css", "/metrics", "/WEB-INF/web.xml", "/users.xhtml", "/audit.csv")) {
      assertThat(new Visitor(kvant).get(path).cookies()).as(path).isEmpty();
    }
  }

  private static Visitor with(Visitor visitor, String session) {
    Visitor other = new Visitor(kvant);
    other.adopt(visitor.sessionCookie(), session);
    return other;
  }

  private static Answer signOut(Visitor visitor) throws Exception {
    Answer page = visitor.get("/password.xhtml");
    Trigger out =
        Trigger.of(page).stream()
            .filter(trigger -> trigger.name().equals("sign-out"))
            .findFirst()
            .orElseThrow();
    return out.press(
        visitor, "/password.xhtml", page.viewState().orElseThrow(), java.util.Map.of());
  }

  private static void moved(String column, String back) throws Exception {
    Person.change(
        kvant,
        "update account_session s set "
            + column
            + " = now() - ?::interval from account a where a.id = s.account_id and a.login = ?",
        back,
        person.login());
  }

  private static long open() throws Exception {
    return Person.id(
        kvant,
        "select count(*) from account_session s join account a on a.id = s.account_id"
            + " where a.login = ?",
        person.login());
  }
}
