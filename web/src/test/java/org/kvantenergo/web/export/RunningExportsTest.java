package org.kvantenergo.web.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many may run, who may stop them, and what is told of them. */
class RunningExportsTest {

  private static final Export.Owner ANNA = new Export.Owner(1, "session-a", "t1");
  private static final Export.Owner ANNA_ELSEWHERE = new Export.Owner(1, "session-b", "");
  private static final Export.Owner BORIS = new Export.Owner(2, "session-c", "");

  private Instant now = Instant.parse("2026-11-30T11:05:09Z");

  private final RunningExports running =
      new RunningExports(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          },
          3);

  @Test
  void twoOfAPersonAndAFewOfTheNode() {
    Export first = running.begin(ANNA, "a");
    Export second = running.begin(ANNA_ELSEWHERE, "b");
    assertThat(first.getState()).isEqualTo(Export.State.WAITING);
    assertThat(second.getState()).isEqualTo(Export.State.WAITING);
    assertThat(running.begin(ANNA, "c").getState()).isEqualTo(Export.State.BUSY_PERSON);
    assertThat(running.begin(BORIS, "d").getState()).isEqualTo(Export.State.WAITING);
    assertThat(running.begin(BORIS, "e").getState()).isEqualTo(Export.State.BUSY_NODE);
    first.end(Export.State.DONE, now);
    assertThat(running.begin(ANNA, "f").getState()).isEqualTo(Export.State.WAITING);
  }

  @Test
  void eachSessionSeesAndStopsItsOwn() {
    Export export = running.begin(ANNA, "a");
    List<String> stopped = new ArrayList<>();
    export.workedOnHere(() -> stopped.add("wire"));
    export.stopCursorBy(() -> stopped.add("cursor"));
    assertThat(running.of("session-b")).isEmpty();
    running.cancel("session-b", export.getId());
    assertThat(export.isCancelled()).isFalse();
    running.cancel("session-a", export.getId());
    assertThat(export.isCancelled()).isTrue();
    assertThat(stopped).containsExactly("wire", "cursor");
    assertThat(Thread.interrupted()).isTrue();
    export.end(Export.State.CANCELLED, now);
    running.cancel("session-a", export.getId());
    assertThat(running.of("session-a")).as("forgotten").isEmpty();
    assertThat(stopped).as("nothing to stop any more").hasSize(2);
  }

  @Test
  void whatEndedIsToldForAWhileAndFailuresLonger() {
    running.begin(ANNA, "done").end(Export.State.DONE, now);
    running.begin(ANNA, "failed").end(Export.State.FAILED, now);
    assertThat(running.of("session-a"))
        .extracting(Export::getFileName)
        .containsExactly("done", "failed");
    now = now.plusSeconds(9);
    assertThat(running.of("session-a")).extracting(Export::getFileName).containsExactly("failed");
    now = now.plus(Duration.ofMinutes(10));
    assertThat(running.of("session-a")).isEmpty();
  }

  @Test
  void whoeverTakesNothingOrHasSignedOutIsStopped() {
    Export stuck = running.begin(ANNA, "stuck");
    stuck.begin(100, now);
    Export waits = running.begin(BORIS, "waits");
    Export out = running.begin(ANNA_ELSEWHERE, "out");
    now = now.plus(RunningExports.STUCK).plusSeconds(1);
    out.moved(1, now);
    running.stopLeftOver(session -> !session.equals("session-b"));
    assertThat(stuck.isCancelled()).isTrue();
    assertThat(waits.isCancelled()).as("the database may sort for long").isFalse();
    assertThat(out.isCancelled()).isTrue();
  }

  @Test
  void filesHaveNamesThatAnySystemTakes() {
    assertThat(name("Модули 642M_MTS").name()).isEqualTo("Модули 642M_MTS 2026-11-30 14-05.csv");
    assertThat(name("Модули 642M_MTS").disposition())
        .isEqualTo(
            "attachment; filename=\"modules_2026-11-30_14-05.csv\"; filename*=UTF-8''"
                + "%D0%9C%D0%BE%D0%B4%D1%83%D0%BB%D0%B8%20642M_MTS%202026-11-30%2014-05.csv");
    assertThat(name("../a\\b:c*?\"<>|\r\n\u202Ed").name())
        .isEqualTo("a b c d 2026-11-30 14-05.csv");
    assertThat(name("я".repeat(200)).name()).hasSize(100 + 21);
    assertThat(name(Example.CLEF.repeat(60) + "x").name())
        .startsWith(Example.CLEF.repeat(50) + " 2026");
  }

  private FileName name(String title) {
    Heading heading =
        new Heading("modules", title, "", now, ZoneId.of("Europe/Moscow"), Example.RUSSIAN, false);
    return FileName.of(heading, Format.CSV);
  }
}
