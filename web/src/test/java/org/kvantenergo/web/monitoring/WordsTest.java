package org.kvantenergo.web.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.kvantenergo.device.Condition;
import org.kvantenergo.device.FilterText;

class WordsTest {

  private final Words russian = new Words(Locale.forLanguageTag("ru"), ZoneId.of("Europe/Moscow"));
  private final Words english = new Words(Locale.ENGLISH, ZoneId.of("UTC"));

  @Test
  void everyConditionIsSaid() {
    assertSaid("silent:3", "Молчит дольше 3 периодов", "Silent for more than 3 periods");
    assertSaid("silent:1", "Молчит дольше 1 периода", "Silent for more than 1 period");
    assertSaid("errors", "Есть ошибки", "Has errors");
    assertSaid("bit:HARDWARE.3", "Ошибки аппаратуры: бит 3", "Hardware errors: bit 3");
    assertSaid("fell", "Показание упало", "Reading fell");
    assertSaid("open", "Открыт технологический режим", "Technological mode is open");
    assertSaid("drift", "Часы расходятся больше чем на 5 мин", "A clock is off by more than 5 min");
    assertSaid("battery:..3.4", "Напряжение батареи, В: до 3,4", "Battery voltage, V: to 3.4");
    assertSaid("rssi:-102..-94", "RSSI, дБм: от −102 до −94", "RSSI, dBm: from −102 to −94");
    assertSaid(
        "received:2026-11-30T10:00:00Z..",
        "Время получения пакета: от 30.11.2026 13:00:00",
        "Time of reception: from 30.11.2026 10:00:00");
    assertSaid("commissioned:never", "Дата регистрации: нет", "Date of registration: none");
    assertSaid("model:642,447", "Модель: 447, 642", "Model: 447, 642");
    assertSaid(
        "serial:1,2,3,4,5",
        "Серийный номер модуля: 1, 2, 3 и ещё 2",
        "Module serial number: 1, 2, 3 and 2 more");
    assertSaid("comment:Подвал", "Комментарий: «подвал»", "Comment: “подвал”");
  }

  private void assertSaid(String term, String inRussian, String inEnglish) {
    Condition condition = FilterText.parse(term).get(0);
    assertThat(russian.of(condition)).isEqualTo(inRussian);
    assertThat(english.of(condition)).isEqualTo(inEnglish);
  }
}
