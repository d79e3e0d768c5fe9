package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/**
 * What somebody learns who tries logins and passwords. What each answer costs is counted in {@code
 * SignInWorkTest}.
 */
@ExtendWith(KvantExtension.class)
class GuessingIT {

  private static final int ATTEMPTS = 5;

  private static KvantInstance kvant;
  private static Person person;

  @BeforeAll
  static void somebody(KvantInstance shared) throws Exception {
    kvant = shared;
    person = Person.in(kvant, "guessing", 0);
  }

  @AfterEach
  void forgetFailures() throws Exception {
    Person.change(kvant, "delete from sign_in_failure");
  }

  @Test
  void noAnswerTellsWhetherThereIsAnAccount() throws Exception {
    Person.in(kvant, "guessing-blocked", 0);
    Person.change(kvant, "update account set blocked_at = now() where login = 'guessing-blocked'");
    List<List<String>> told = new ArrayList<>();
    for (String login : List.of(person.login(), "guessing-nobody", "guessing-blocked")) {
      List<String> answers = new ArrayList<>();
      for (int attempt = 1; attempt <= ATTEMPTS + 2; attempt++) {
        Answer answer = new Visitor(kvant).enter(login, "wrong-" + attempt);
        answers.add(
            answer.status()
                + answer.response().headers().map().keySet().toString()
                + answer.plain().replace(login, "LOGIN"));
      }
      told.add(answers);
    }
    assertThat(told.get(1)).isEqualTo(told.get(0));
    assertThat(told.get(2)).isEqualTo(told.get(0));
    assertThat(told.get(0).get(ATTEMPTS - 1))
        .isEqualTo(told.get(0).get(ATTEMPTS + 1))
        .isNotEqualTo(told.get(0).get(0));
  }

  @Test
  void theRightPasswordOfALockedOrBlockedAccountIsNoOtherAnswer() throws Exception {
    for (String login : List.of(person.login(), "guessing-nobody-2")) {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        new Visitor(kvant).enter(login, "wrong");
      }
    }
    Answer right = new Visitor(kvant).enter(person.login(), Person.PASSWORD);
    Answer nobody = new Visitor(kvant).enter("guessing-nobody-2", Person.PASSWORD);
    assertThat(right.status()).isEqualTo(200);
    assertThat(right.plain().replace(person.login(), "LOGIN"))
        .isEqualTo(nobody.plain().replace("guessing-nobody-2", "LOGIN"));
  }

  @Test
  void failuresAreCountedByTheLoginWhateverTheRequestSaysOfItself() throws Exception {
    List<String> spellings = List.of("guessing", "GUESSING", " Guessing ", "ｇｕｅｓｓｉｎｇ", "guessing");
    for (int i = 0; i < ATTEMPTS; i++) {
      Visitor visitor = new Visitor(kvant);
      String address = "203.0.113." + i;
      Answer answer =
          visitor.enter(
              spellings.get(i),
              "wrong",
              "X-Forwarded-For",
              address,
              "Forwarded",
              "for=" + address,
              "X-Real-IP",
              address,
              "User-Agent",
              "browser " + i);
      assertThat(answer.first("role=\"alert\">.*?<span>(.*?)</span>"))
          .as("attempt %d", i + 1)
          .contains(i + 1 < ATTEMPTS ? "Остал" : "Слишком много");
    }
    assertThat(
            Person.value(
                kvant,
                "select count(*) || ' ' || max(failures) from sign_in_failure where login_digest"
                    + " = sha256('guessing')"))
        .isEqualTo("1 5");
    // In the database and not in this server's memory: what is changed there holds here.
    Person.change(
        kvant, "update sign_in_failure set last_at = last_at - interval '14 minutes 50 seconds'");
    assertThat(new Visitor(kvant).enter(person.login(), Person.PASSWORD).status()).isEqualTo(200);
    Person.change(kvant, "update sign_in_failure set last_at = last_at - interval '15 minutes'");
    assertThat(new Visitor(kvant).enter(person.login(), Person.PASSWORD).header("Location"))
        .isEqualTo("/");
    assertThat(Person.value(kvant, "select count(*) from sign_in_failure")).isEqualTo("0");
  }

  @Test
  void whatARequestSaysOfItsAddressIsNotBelieved() throws Exception {
    long before = Person.lastOfAudit(kvant);
    new Visitor(kvant)
        .enter(
            person.login(),
            "wrong",
            "X-Forwarded-For",
            "203.0.113.9",
            "Forwarded",
            "for=203.0.113.9");
    assertThat(
            Person.value(
                kvant,
                "select address || ' ' || action from audit where id > ?::bigint and login = ?",
                Long.toString(before),
                person.login()))
        .isEqualTo("127.0.0.1 SIGN_IN_FAILED");
  }
}
