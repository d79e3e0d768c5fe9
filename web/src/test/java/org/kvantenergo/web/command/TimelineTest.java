package org.kvantenergo.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandRow.Part;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandStory;
import org.kvantenergo.command.CommandStory.CommandEvent;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.shared.DeviceId;

class TimelineTest {

  private static final Instant NOW = Instant.parse("2021-02-15T11:53:07Z");

  private final CommandLines lines =
      new CommandLines(
          Locale.forLanguageTag("ru"),
          ZoneId.of("Europe/Moscow"),
          Clock.fixed(NOW, ZoneOffset.UTC));

  private static CommandRow row(long id, Part part, CommandState state) {
    return new CommandRow(
        new CommandId(id),
        new DeviceId(1),
        207_900_002_021L,
        0,
        CommandText.schedule(1, 0, 60),
        part,
        state,
        null,
        0,
        NOW.minusSeconds(60),
        "disp",
        Instant.parse("2021-02-18T12:00:00Z"),
        1,
        3,
        null,
        null,
        null,
        null,
        null);
  }

  private static CommandEvent event(CommandState state, int attempt, long session, String login) {
    return new CommandEvent(
        NOW, state, attempt, session, login, login.isEmpty() ? "" : "10.0.0.7", null);
  }

  private String said(CommandStory story, boolean paused) {
    StringBuilder said = new StringBuilder();
    for (CommandDetail.Step step : new Timeline(lines, story, paused).detail().steps()) {
      said.append(
          "%s %s %s%s: %s\n"
              .formatted(
                  step.tone(),
                  step.code(),
                  step.about() ? "≈" : "",
                  step.at().time(),
                  step.text()));
    }
    return said.toString();
  }

  @Test
  void whatASessionDidIsOneStepAndTheNextOneSaysWhen() {
    CommandRow done = row(77, Part.ALONE, CommandState.DONE);
    CommandStory story =
        new CommandStory(
            done,
            List.of(
                event(CommandState.QUEUED, 0, 0, "disp"),
                event(CommandState.LEASED, 0, 8059, ""),
                event(CommandState.LEASED, 1, 8059, ""),
                event(CommandState.LEASED, 1, 8060, ""),
                event(CommandState.LEASED, 2, 8060, ""),
                event(CommandState.DONE, 2, 8060, "")),
            List.of(done),
            NOW.plus(Duration.ofMinutes(7)));
    assertThat(said(story, false))
        .isEqualTo(
            """
            o QUEUED 14:53:07: disp, с адреса 10.0.0.7. Срок до 18.02.2021 15:00, попыток\u00a03
            o LEASED 14:53:07: Попытка 1 из 3
            o LEASED 14:53:07: Попытка 2 из 3
            o DONE 14:53:07: Модуль ответил: выполнено
            n VERIFIED ≈15:00:07: Сверим с данными следующего сеанса, через 7 мин
            """);
    assertThat(new Timeline(lines, story, false).detail().unproven()).isTrue();
  }

  @Test
  void whatHoldsAStepUpIsSaidInsteadOfATime() {
    CommandRow opening = row(1, Part.OPENING, CommandState.LEASED);
    CommandRow change = row(2, Part.CHANGE, CommandState.QUEUED);
    CommandRow locking = row(3, Part.LOCKING, CommandState.QUEUED);
    List<CommandRow> task = List.of(opening, change, locking);
    List<CommandEvent> queued = List.of(event(CommandState.QUEUED, 0, 0, ""));
    CommandDetail held =
        new Timeline(lines, new CommandStory(change, queued, task, NOW), false).detail();
    assertThat(held.steps().get(1).text()).isEqualTo("После команды № 1");
    assertThat(held.steps().get(1).about()).isFalse();
    assertThat(held.task()).hasSize(3);
    assertThat(held.cancellable()).isTrue();
    assertThat(
            new Timeline(lines, new CommandStory(locking, queued, task, NOW), false)
                .detail()
                .cancellable())
        .as("its opening has gone out")
        .isFalse();
    CommandRow alone = row(4, Part.ALONE, CommandState.QUEUED);
    CommandStory late = new CommandStory(alone, queued, List.of(alone), NOW.minusSeconds(1));
    assertThat(said(late, true)).contains("n LEASED : Кампания на паузе");
    assertThat(said(late, false))
        .contains("n LEASED ≈14:53:06: Модуль должен был выйти на связь и молчит");
  }

  @Test
  void anEndSaysWhyAndByWhom() {
    CommandRow cancelled = row(5, Part.ALONE, CommandState.CANCELLED);
    CommandEvent end =
        new CommandEvent(NOW, CommandState.CANCELLED, 0, 0, "chief", "", CommandReason.BY_PERSON);
    CommandStory story = new CommandStory(cancelled, List.of(end), List.of(cancelled), null);
    assertThat(said(story, false)).isEqualTo("e CANCELLED 14:53:07: Отменил человек. chief\n");
  }
}
