package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;

/** Who listens at the push, and what they hear of others' devices: nothing. */
@ExtendWith(KvantExtension.class)
class PushIT {

  private static final String NONE = "<table></table>";
  private static final String SERIAL = ";SERIAL";
  private static final int OVER = 4001;
  private static final int NOT_TAKEN = 1003;

  private static Estate estate;
  private static Estate others;
  private static Person person;

  @BeforeAll
  static void somebody(KvantInstance kvant) throws Exception {
    estate = Estate.below(kvant, "push", 991_085);
    others = Estate.below(kvant, "push others", 991_086);
    person = Person.in(kvant, "push", estate.id());
  }

  @AfterAll
  static void clear() throws Exception {
    estate.close();
    others.close();
  }

  @AfterEach
  void all() throws Exception {
    may(EnumSet.allOf(Permission.class));
    role("without_second_password = true");
  }

  private static void may(Set<Permission> permissions) throws SQLException {
    person.may(permissions);
  }

  private static void role(String as) throws SQLException {
    Person.change(
        person.kvant(),
        "update role set " + as + " where id = ?::bigint",
        Long.toString(person.role()));
  }

  @Test
  void rowsAreSentOfOnesOwnDevicesAlone() throws Exception {
    all();
    try (Ear ear = Ear.of(person.visitor())) {
      ear.say(estate.id() + "," + others.id() + ",987654321987;SERIAL,IMEI,X");
      ear.say("again");
      assertThat(ear.rows())
          .matches(
              "<table><tr data-id=\"%d\">(<td class=\"k-(SIGNS|SERIAL|IMEI)\">.*</td>){3}</tr></table>"
                  .formatted(estate.id()));
      ear.say(others.id() + SERIAL);
      ear.say("again");
      assertThat(ear.rows()).isEqualTo(NONE);
      // One's own goes to somebody else while one looks.
      ear.say(estate.id() + SERIAL);
      ear.say("again");
      assertThat(ear.rows()).contains(estate.serial().substring(8));
      move(estate.id(), others.id());
      ear.say("again");
      assertThat(ear.rows()).isEqualTo(NONE);
    } finally {
      move(estate.id(), estate.id());
    }
  }

  private static void move(long device, long organisation) throws SQLException {
    Person.change(
        person.kvant(),
        "update device set organisation_id = ?::bigint, group_id = null where id = ?::bigint",
        Long.toString(organisation),
        Long.toString(device));
  }

  @Test
  void whoMayNotLookAnyMoreHearsNothingAnyMore() throws Exception {
    all();
    try (Ear ear = listening(person.visitor())) {
      may(Set.of());
      ear.say("again");
      assertThat(ear.closed()).as("the right is gone").isEqualTo(OVER);
    }
    all();
    Visitor visitor = person.visitor();
    try (Ear ear = listening(visitor)) {
      role("without_second_password = false");
      ear.say("again");
      assertThat(ear.closed()).as("the mode is shut").isEqualTo(OVER);
    }
    try (Ear first = Ear.of(visitor)) {
      assertThat(first.next()).as("the first page, where the mode is opened").isNotEmpty();
      first.say(estate.id() + SERIAL);
      first.say("again");
      assertThat(first.closed()).as("it shows rows").isEqualTo(OVER);
    }
    all();
    try (Ear ear = listening(person.visitor())) {
      Person.change(
          person.kvant(),
          "delete from account_session where account_id = ?::bigint",
          Long.toString(person.account()));
      assertThat(ear.closed()).as("ended elsewhere, with no news and no question").isEqualTo(OVER);
    }
  }

  private static Ear listening(Visitor visitor) throws InterruptedException {
    Ear ear = Ear.of(visitor);
    ear.say(estate.id() + SERIAL);
    ear.say("again");
    assertThat(ear.rows()).contains("data-id");
    return ear;
  }

  @Test
  void whatNoPageSaysIsNotTaken() throws Exception {
    all();
    String most = "1" + ",1".repeat(199);
    Visitor visitor = person.visitor();
    try (Ear ear = Ear.of(visitor)) {
      ear.say(most + SERIAL);
      ear.say(";");
      ear.say(estate.id() + ";");
      ear.say("again");
      assertThat(ear.rows()).contains("k-SIGNS").doesNotContain("k-SERIAL");
    }
    for (String said :
        List.of(
            "",
            "1",
            "x;SERIAL",
            "-1;SERIAL",
            "1,;SERIAL",
            "1234567890123456789;SERIAL",
            most + ",1;SERIAL",
            "1;serial",
            "1;SERIAL;SERIAL",
            "AGAIN")) {
      try (Ear ear = Ear.of(visitor)) {
        ear.say(said);
        assertThat(ear.closed()).as(said).isEqualTo(NOT_TAKEN);
      }
    }
  }
}
