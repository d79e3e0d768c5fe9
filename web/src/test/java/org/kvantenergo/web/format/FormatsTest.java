package org.kvantenergo.web.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
  private final Numbers russian = new Numbers(Locale.forLanguageTag("ru"));
  private final Numbers english = new Numbers(Locale.ENGLISH);

  @ParameterizedTest
  @CsvSource({
    "0.2479413, '0,25'",
    "0.0001, '0,00'",
    "1284.065, '1\u202F284,07'",
    "12047.63, '12\u202F047,63'",
    "-3.14159, '\u22123,14'",
    "NaN, NaN",
    "Infinity, ∞",
    "-Infinity, \u2212∞",
    "1000000, '1\u202F000\u202F000,00'"
  })
  void twoDecimals(double value, String text) {
    assertThat(russian.fixed(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0778, '0,0778'",
    "16.905630, '16,90563'",
    "3.6185327, '3,6185327'",
    "0.08, '0,08'",
    "21.424, '21,424'",
    "0, 0",
    "20, 20",
    "1.0e-4, '0,0001'",
    "-12.5, '\u221212,5'",
    "3.621501, '3,621501'"
  })
  void floatsAsSent(float value, String text) {
    assertThat(russian.sent(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.2479413, '0,2479413'",
    "0.0001, '0,0001'",
    "0.0298258, '0,0298258'",
    "12047.63, '12047,63'",
    "0, 0",
    "1e21, 1000000000000000000000",
    "2e-3, '0,002'"
  })
  void doublesAsSent(double value, String text) {
    assertThat(russian.sent(value)).isEqualTo(text);
  }

  @Test
  void englishHasAPoint() {
    assertThat(english.fixed(1284.07)).isEqualTo("1\u202F284.07");
    assertThat(english.padding("0.08", 4)).isEqualTo("00");
  }

  @Test
  void hiddenZerosAlignOnTheComma() {
    assertThat(russian.padding("0,08", 4)).isEqualTo("00");
    assertThat(russian.padding("20", 6)).isEqualTo(",000000");
    assertThat(russian.padding("3,6185327", 7)).isEmpty();
    assertThat(russian.padding("NaN", 7)).isEmpty();
  }

  @Test
  void timesInTheViewersZone() {
    Instant instant = Instant.parse("2021-02-15T06:45:53Z");
    assertThat(Moment.of(instant, MOSCOW, LocalDate.of(2021, 2, 15)))
        .isEqualTo(new Moment("15.02.2021", "0", "9:45:53", ""));
    assertThat(Moment.of(instant, MOSCOW, LocalDate.of(2021, 2, 16)).with("d").tone())
        .isEqualTo("o d");
    assertThat(Moment.of(instant, MOSCOW, LocalDate.of(2021, 2, 15)).text())
        .isEqualTo("15.02.2021 9:45:53");
    assertThat(Moment.of(null, MOSCOW, LocalDate.of(2021, 2, 15)).text()).isEmpty();
  }

  @Test
  void identifiersKeepTheirZeros() {
    assertThat(Identifier.imei(868333030969592L)).isEqualTo(new Identifier("86833303", "0969592"));
    assertThat(Identifier.imei(10L).text()).isEqualTo("000000000000010");
    assertThat(Identifier.serial(207900001221L)).isEqualTo(new Identifier("207900", "001221"));
    assertThat(Identifier.imei(0).text()).isEqualTo("—");
  }

  @ParameterizedTest
  @CsvSource({
    "-72, 4, ''",
    "-73, 3, ''",
    "-84, 3, ''",
    "-85, 2, ''",
    "-94, 2, ''",
    "-95, 1, w",
    "-102, 1, w",
    "-103, 1, d"
  })
  void signal(int rssi, int bars, String tone) {
    assertThat(Signal.of(rssi)).isEqualTo(new Signal(bars, tone));
  }

  @Test
  void statusWordsOfTheManual() {
    assertThat(Status.of(4097).quiet()).isEqualTo("status.slice");
    assertThat(Status.of(4097).alerts()).isEmpty();
    assertThat(Status.of(5121).alerts()).containsExactly("status.error");
    assertThat(Status.of(8193).quiet()).isEqualTo("status.instant");
    assertThat(Status.of(8192).alerts()).containsExactly("status.noReading");
    assertThat(Status.of(4097 | 1 << 14).open()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, модуль",
    "2, модуля",
    "4, модуля",
    "5, модулей",
    "11, модулей",
    "12, модулей",
    "21, модуль",
    "111, модулей",
    "0, модулей",
    "3214, модулей",
    "3222, модуля"
  })
  void russianNouns(long number, String form) {
    Locale locale = Locale.forLanguageTag("ru");
    assertThat(Plural.of(locale, number, "модуль|модуля|модулей")).isEqualTo(form);
  }

  @Test
  void englishNouns() {
    assertThat(Plural.of(Locale.ENGLISH, 1, "module|modules")).isEqualTo("module");
    assertThat(Plural.of(Locale.ENGLISH, 0, "module|modules")).isEqualTo("modules");
  }
}
