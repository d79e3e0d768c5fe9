package org.kvantenergo.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.CommandKind;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderFault;

class CommandWordsTest {

  private final CommandWords russian =
      new CommandWords(Locale.forLanguageTag("ru"), ZoneId.of("Europe/Moscow"));
  private final CommandWords english = new CommandWords(Locale.ENGLISH, ZoneId.of("UTC"));

  @Test
  void everyCommandIsSaidWithItsArguments() {
    assertSaid(
        CommandText.schedule(1, 0, 44_640),
        "Расписание: день 1, 0 ч, 44\u202F640 мин",
        "Schedule: day 1, 0 h, 44\u202F640 min");
    assertSaid(CommandText.metrological(), "Метрологический режим", "Metrological mode");
    assertSaid(CommandText.technological(), "Технологический режим", "Technological mode");
    assertSaid(CommandText.retries(3), "Повторы: 3", "Retries: 3");
    assertSaid(CommandText.apn("{0}"), "Точка доступа: {0}", "Access point: {0}");
    assertSaid(
        CommandText.archive(
            Instant.parse("2021-02-12T06:00:00Z"), Instant.parse("2021-02-14T20:59:59Z")),
        "Архив с 12.02.2021 9:00 по 14.02.2021 23:59",
        "Archive from 12.02.2021 6:00 to 14.02.2021 20:59");
  }

  @Test
  void everyNameHasItsWord() {
    for (CommandWords words : List.of(russian, english)) {
      for (CommandKind kind : CommandKind.values()) {
        assertThat(words.of(kind)).isNotBlank();
      }
      for (CommandState state : CommandState.values()) {
        assertThat(words.of(state)).isNotBlank();
      }
      for (CommandReason reason : CommandReason.values()) {
        assertThat(words.of(reason)).isNotBlank();
      }
      for (CommandRow.Part part : CommandRow.Part.values()) {
        assertThat(words.of(part)).isNotBlank();
      }
      for (CampaignState state : CampaignState.values()) {
        assertThat(words.of(state)).isNotBlank();
      }
      for (Fate fate : Fate.values()) {
        assertThat(words.of(fate)).isNotBlank();
      }
      for (OrderFault.Problem problem : OrderFault.Problem.values()) {
        assertThat(words.of(OrderFault.of(OrderFault.Field.WHOLE, problem))).isNotBlank();
      }
    }
    assertThat(
            russian.of(
                new OrderFault(
                    OrderFault.Field.PERIOD, OrderFault.Problem.OUT_OF_RANGE, "1..44640")))
        .isEqualTo("От 1 до 44640");
  }

  @Test
  void aChipSaysHowFarItGot() {
    assertThat(russian.chip(CommandState.REFUSED, CommandReason.LOCKED, 1))
        .isEqualTo(
            new StateChip(
                "REFUSED",
                "Отказ: закрыт",
                "Модуль в метрологическом режиме: настройки закрыты (1)",
                "da",
                List.of("o", "o", "d", "")));
    assertThat(english.chip(CommandState.VERIFIED, null, 1))
        .isEqualTo(
            new StateChip("VERIFIED", "Verified", "Verified", "ok", List.of("o", "o", "o", "o")));
    assertThat(russian.chip(CommandState.EXPIRED, CommandReason.TIME, 0).track())
        .containsExactly("o", "", "", "");
  }

  private void assertSaid(CommandText command, String inRussian, String inEnglish) {
    assertThat(russian.of(command)).isEqualTo(inRussian);
    assertThat(english.of(command)).isEqualTo(inEnglish);
  }
}
