package org.kvantenergo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The import rules of docs/adr/0002, over the classes that go into the EAR and the programs. */
class ArchitectureTest {

  private static final String ROOT = "org.kvantenergo";

  /** Which of our packages each room may see; rooms are whole subtrees unless named deeper. */
  private static final Map<String, List<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("wire.frame", List.of()),
          Map.entry("wire.packet", List.of()),
          Map.entry("wire.command", List.of()),
          Map.entry("adapter", List.of("wire")),
          Map.entry("simulator", List.of("wire")),
          // Written from the protocol's text, so that a mistake in wire cannot agree with itself.
          Map.entry("simulator.dialogue", List.of()),
          Map.entry("shared", List.of()),
          Map.entry("metrics", List.of("shared")),
          Map.entry("health", List.of()),
          Map.entry("vitals", List.of("health", "reading", "shared")),
          Map.entry("event", List.of("shared")),
          Map.entry("audit", List.of("shared")),
          Map.entry("device", List.of("audit", "event", "shared")),
          Map.entry("reading", List.of("device", "event", "shared")),
          Map.entry("session", List.of("audit", "device", "event", "shared")),
          Map.entry(
              "command",
              List.of("wire.command", "account", "audit", "device", "event", "reading", "shared")),
          Map.entry("registry", List.of("audit", "device", "event", "shared")),
          Map.entry("setaside", List.of("audit", "device", "shared")),
          Map.entry("account", List.of("audit", "event", "shared")),
          Map.entry("view", List.of("shared")),
          Map.entry("boot", List.of("device", "reading", "session", "account", "event", "shared")),
          Map.entry(
              "ingest",
              List.of(
                  "wire",
                  "boot",
                  "device",
                  "reading",
                  "session",
                  "command",
                  "setaside",
                  "event",
                  "shared")),
          Map.entry("jobs", List.of("device", "reading", "session", "event", "shared")),
          Map.entry(
              "web",
              List.of(
                  "device",
                  "registry",
                  "reading",
                  "session",
                  "setaside",
                  "account",
                  "audit",
                  "command",
                  "metrics",
                  "view",
                  "event",
                  "shared")),
          Map.entry("launcher", List.of("simulator", "wire.packet")));

  private static JavaClasses all;

  @BeforeAll
  static void importClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @Test
  void everyRoomIsThereAndHasItsRule() {
    for (String room : MAY_SEE.keySet()) {
      assertThat(all.that(resideInAPackage(ROOT + "." + room + "..")))
          .as("classes of %s", room)
          .isNotEmpty();
    }
    assertThat(all.that(not(resideInAnyPackage(packagesOf(MAY_SEE.keySet())))))
        .as("classes outside every room")
        .allMatch(c -> c.getPackageName().equals(ROOT + ".wire"), "is in " + ROOT + ".wire");
  }

  @Test
  void roomsSeeOnlyWhatTheyMay() {
    MAY_SEE.forEach(
        (room, seen) -> {
          String own = ROOT + "." + room + "..";
          noClasses()
              .that()
              .resideInAPackage(own)
              .should()
              .dependOnClassesThat(
                  resideInAPackage(ROOT + "..")
                      .and(not(resideInAPackage(own)))
                      .and(not(resideInAnyPackage(packagesOf(seen)))))
              .as(room + " sees only " + seen)
              .check(all);
        });
  }

  @Test
  void wireIsPureJava() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".wire..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.util..",
            "java.nio..",
            "java.time..",
            "java.security..",
            "javax.crypto..",
            ROOT + ".wire..")
        .because("an emulator in a test must need nothing but the JDK")
        .check(all);
  }

  @Test
  void internalIsNobodyElsesBusiness() {
    classes()
        .that()
        .resideInAPackage(ROOT + "..internal..")
        .should(beSeenByTheirFeatureAlone())
        .check(all);
  }

  @Test
  void pagesAndJobsDoNotSeeEachOther() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + ".(web|jobs).(*)..")
        .should()
        .beFreeOfCycles()
        .check(all);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".jobs..")
        .check(all);
  }

  @Test
  void timeComesFromTheClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".ingest..",
            ROOT + ".device..",
            ROOT + ".registry..",
            ROOT + ".reading..",
            ROOT + ".session..",
            ROOT + ".account..",
            ROOT + ".vitals..",
            ROOT + ".web..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .orShould()
        .callMethod(java.time.ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("a test must be able to set the time")
        .check(all);
  }

  @Test
  void aDeliveryNeverAsksForRollbackOnly() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".ingest..")
        .should()
        .callMethod("jakarta.ejb.EJBContext", "setRollbackOnly")
        .because("the call would return normally and the adapter would have to guess (docs/adr)")
        .allowEmptyShould(true)
        .check(all);
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(ROOT + ".ingest")
        .and()
        .arePublic()
        .should()
        .declareThrowableOfType(Exception.class)
        .because("a checked exception from a message-driven bean commits")
        .check(all);
  }

  private static String[] packagesOf(Iterable<String> rooms) {
    return java.util.stream.StreamSupport.stream(rooms.spliterator(), false)
        .map(room -> ROOT + "." + room + "..")
        .toArray(String[]::new);
  }

  private static ArchCondition<JavaClass> beSeenByTheirFeatureAlone() {
    return new ArchCondition<>("be seen by their feature alone") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        String name = item.getPackageName();
        String feature = name.substring(0, name.indexOf(".internal"));
        item.getDirectDependenciesToSelf().stream()
            .filter(d -> !(d.getOriginClass().getPackageName() + ".").startsWith(feature + "."))
            .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
      }
    };
  }
}
