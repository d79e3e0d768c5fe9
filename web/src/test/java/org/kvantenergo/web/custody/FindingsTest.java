package org.kvantenergo.web.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.kvantenergo.reading.Evidence;

class FindingsTest {

  private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
  private static final Locale RUSSIAN = Locale.forLanguageTag("ru");
  private static final Instant AT = Instant.parse("2021-02-15T11:00:00.040Z");

  private static final Evidence WHOLE =
      new Evidence(
          new byte[54],
          true,
          AT,
          new Evidence.Session(
              1001, "node-1", "10.0.0.1:40000", AT, Evidence.Tag.CHECKED, true, 207900009001L),
          new Evidence.Place(5000, 2, 0, 3),
          new Evidence.Frame.Whole(2, new byte[] {0x4B, 0x56}),
          new Evidence.Acknowledgement(AT.plusMillis(7), AT.plusMillis(960)),
          null,
          new Evidence.Repeats(2, AT.plusSeconds(3600), 1002));

  private static final Evidence NOTHING =
      new Evidence(
          new byte[54], false, AT, null, null, new Evidence.Frame.Unknown(), null, null, null);

  private static List<String> said(Locale locale, Evidence evidence) {
    List<String> said = new ArrayList<>();
    for (Section section : new Findings(locale, MOSCOW).of(evidence)) {
      said.add("# " + section.title());
      section
          .lines()
          .forEach(l -> said.add(l.label() + ": " + l.value() + (" " + l.tone()).stripTrailing()));
    }
    return said;
  }

  @Test
  void allThatIsKnownIsSaid() {
    assertThat(said(RUSSIAN, WHOLE))
        .containsExactly(
            "# Запись",
            "Отпечаток: 54 байта те же, что при приёме ok",
            "# Кадр, в котором она пришла",
            "Байты: Весь кадр, 2 Б, восстановлен как пришёл ok",
            "Номер кадра в сеансе: 2",
            "Подпись: Проверена ключом устройства ok",
            "# Приём",
            "Кадр принят: 15.02.2021 14:00:00,040",
            "Через базовую станцию: 207900009001",
            "Сервер: node-1",
            "Сеанс: 1\u202F001",
            "Адрес: 10.0.0.1:40000",
            "Сеанс открыт: 15.02.2021 14:00:00,040",
            "# Хранение",
            "Партия: 5\u202F000",
            "Место в партии: посылка 3, запись 1 из 3",
            "Записана в базу: 15.02.2021 14:00:00,047 ok",
            "Подтверждение отправлено: 15.02.2021 14:00:01,000 ok",
            "# Повторы",
            "Приходила ещё раз: 2",
            "Последний раз: 15.02.2021 15:00:00,040",
            "В сеансе: 1\u202F002");
  }

  @Test
  void whatIsNotKnownIsSaidToBeSo() {
    assertThat(said(Locale.ENGLISH, NOTHING))
        .containsExactly(
            "# Record",
            "Digest: Does not match: the record was changed after it came da",
            "# Frame in which it came",
            "Bytes: The record was taken by an earlier version: the frame was not kept wa",
            "Signature: Not kept wa",
            "# Reception",
            "Frame received: 15.02.2021 14:00:00.040",
            "Session: Not kept wa",
            "# Storage",
            "Batch: The record was taken by an earlier version: the batch was not kept wa",
            "Acknowledgement sent: Not noted: the server stopped before, has not got to it yet or was"
                + " of an earlier version wa",
            "# Repeats",
            "Came again: Never");
  }

  @Test
  void whatWasSetAsideIsToldInTheOrderInWhichItHappened() {
    Evidence aside =
        new Evidence(
            new byte[54],
            true,
            AT,
            null,
            new Evidence.Place(1, 0, 0, 1),
            new Evidence.Frame.Whole(2, new byte[] {0x4B, 0x56}),
            new Evidence.Acknowledgement(AT.plusMillis(3), AT.plusMillis(5)),
            new Evidence.SetAside(AT.plusMillis(2), AT.plusSeconds(77)),
            null);
    assertThat(said(Locale.ENGLISH, aside))
        .containsSubsequence(
            "Set aside: 15.02.2021 14:00:00.042: the database refused it, the frame was kept apart"
                + " and acknowledged wa",
            "Acknowledgement sent: 15.02.2021 14:00:00.045 ok",
            "Written to the database: 15.02.2021 14:01:17.040 ok");
  }

  @Test
  void partsOfAFrameAreCounted() {
    Evidence part =
        new Evidence(
            new byte[54],
            true,
            AT,
            null,
            new Evidence.Place(1, 0, 0, 64),
            new Evidence.Frame.Partial(1, 64),
            new Evidence.Acknowledgement(AT, null),
            null,
            null);
    assertThat(said(Locale.ENGLISH, part))
        .contains(
            "Bytes: 1 of 64 records of the frame are known: the others were in the archive before and"
                + " came once more later wa",
            "Acknowledgement sent: No: the connection broke before wa");
  }

  @Test
  void bytesAreDumpedSixteenALine() {
    byte[] bytes = new byte[18];
    bytes[0] = (byte) 0xFE;
    bytes[17] = 0x4B;
    assertThat(HexDump.of(bytes))
        .isEqualTo("0000  FE 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n0010  00 4B");
    assertThat(HexDump.of(new byte[0])).isEmpty();
  }

  @Test
  void bothLanguagesHaveTheSameTexts() {
    String name = "org.kvantenergo.web.text";
    assertThat(ResourceBundle.getBundle(name, Locale.ENGLISH).keySet())
        .isEqualTo(ResourceBundle.getBundle(name, RUSSIAN).keySet());
  }
}
