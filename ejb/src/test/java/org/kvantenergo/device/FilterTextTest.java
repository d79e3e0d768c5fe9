package org.kvantenergo.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kvantenergo.device.BadFilterException.Reason;
import org.kvantenergo.shared.GroupId;

class FilterTextTest {

  private static final Instant AT = Instant.parse("2026-11-30T10:00:00Z");

  @Test
  void eachTermMeansWhatItSays() {
    assertThat(
            FilterText.parse(
                "silent:2;errors;bit:HARDWARE.3;fell;open;drift;battery:..3.4;rssi:-102..-94;"
                    + "sessionsDay:24..;received:2026-11-30T10:00:00Z..;commissioned:never;"
                    + "model:642,447;iccid:8970,0012;comment:а%3Bб%25"))
        .containsExactly(
            new Condition.Silent(2),
            new Condition.Errors(),
            new Condition.ErrorBit(ErrorKind.HARDWARE, 3),
            new Condition.Fell(),
            new Condition.Open(),
            new Condition.Drift(),
            new Condition.Range(Condition.Measure.BATTERY, null, 3.4),
            new Condition.Range(Condition.Measure.RSSI, -102.0, -94.0),
            new Condition.Range(Condition.Measure.SESSIONS_DAY, 24.0, null),
            new Condition.Between(Condition.When.RECEIVED, AT, null),
            new Condition.Never(Condition.When.COMMISSIONED),
            new Condition.OneOf(Condition.Attribute.MODEL, List.of("447", "642")),
            new Condition.OneOf(Condition.Attribute.ICCID, List.of("0012", "8970")),
            new Condition.CommentContains("а;б%"));
    assertThat(FilterText.parse("1,22", ""))
        .isEqualTo(
            new DeviceFilter(
                DeviceFilter.Part.REGISTERED, Set.of(new GroupId(1), new GroupId(22)), List.of()));
    assertThat(FilterText.parse("all", "")).isEqualTo(DeviceFilter.ALL);
    assertThat(FilterText.parse("", "")).isEqualTo(DeviceFilter.ALL);
    assertThat(FilterText.parse("new", "")).isEqualTo(DeviceFilter.UNREGISTERED);
  }

  @Test
  void whatIsPrintedIsReadBack() {
    Random random = new Random(6);
    for (int round = 0; round < 2000; round++) {
      List<Condition> conditions =
          IntStream.range(0, random.nextInt(5)).mapToObj(i -> any(random)).toList();
      DeviceFilter filter =
          random.nextInt(5) == 0
              ? DeviceFilter.UNREGISTERED.with(conditions)
              : new DeviceFilter(
                  DeviceFilter.Part.REGISTERED,
                  random.nextBoolean() ? Set.of() : Set.of(new GroupId(random.nextInt(1 << 29))),
                  conditions);
      assertThat(FilterText.parse(FilterText.groups(filter), FilterText.terms(conditions)))
          .isEqualTo(filter);
    }
  }

  private static Condition any(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> new Condition.Silent(1 + random.nextInt(10_000));
      case 1 -> new Condition.ErrorBit(one(random, ErrorKind.values()), random.nextInt(16));
      case 2 -> random.nextBoolean() ? new Condition.Fell() : new Condition.Errors();
      case 3 -> random.nextBoolean() ? new Condition.Open() : new Condition.Drift();
      case 4, 5 -> range(random);
      case 6 ->
          new Condition.Between(
              one(random, Condition.When.values()),
              random.nextBoolean() ? null : AT.minusNanos(random.nextInt()),
              AT.plusSeconds(1 + random.nextInt(1000)));
      case 7 -> new Condition.Never(one(random, Condition.When.values()));
      case 8 ->
          new Condition.OneOf(
              one(random, Condition.Attribute.values()),
              IntStream.range(0, 1 + random.nextInt(5))
                  .mapToObj(i -> "0" + (random.nextLong() >>> 5))
                  .toList());
      default ->
          new Condition.CommentContains(
              "x"
                  + IntStream.range(0, 9)
                      .mapToObj(i -> one(random, "%;:,. Ж+é".split("")))
                      .reduce("", String::concat));
    };
  }

  private static Condition range(Random random) {
    double from = Double.longBitsToDouble(random.nextLong());
    double to = random.nextBoolean() ? random.nextInt(1000) / 100.0 : from;
    boolean ordered = Double.isFinite(from) && from <= to;
    return new Condition.Range(
        one(random, Condition.Measure.values()), ordered ? from : null, ordered ? to : -0.0);
  }

  @SafeVarargs
  private static <T> T one(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "errors;nonsense | nonsense | NAME",
        "nonsense:1 | nonsense:1 | NAME",
        "errors;;open | '' | NAME",
        "silent | silent | NAME",
        "silent: | silent: | VALUE",
        "silent:0 | silent:0 | VALUE",
        "silent:-1 | silent:-1 | VALUE",
        "bit:HARDWARE.16 | bit:HARDWARE.16 | VALUE",
        "bit:SOFTWARE.1 | bit:SOFTWARE.1 | VALUE",
        "bit:HARDWARE | bit:HARDWARE | VALUE",
        "battery:3.4 | battery:3.4 | VALUE",
        "battery:.. | battery:.. | VALUE",
        "battery:4..3 | battery:4..3 | VALUE",
        "battery:3,4.. | battery:3,4.. | VALUE",
        "battery:NaN.. | battery:NaN.. | VALUE",
        "battery:1e3.. | battery:1e3.. | VALUE",
        "received:yesterday.. | received:yesterday.. | VALUE",
        "received:.. | received:.. | VALUE",
        "received:+999999-01-01T00:00:00Z.. | received:+999999-01-01T00:00:00Z.. | VALUE",
        "battery:never | battery:never | VALUE",
        "model: | model: | VALUE",
        "model:6x | model:6x | VALUE",
        "serial:1,,2 | serial:1,,2 | VALUE",
        "serial:12345678901234567890 | serial:12345678901234567890 | VALUE",
        "comment: | comment: | VALUE",
        "comment:%00 | comment:%00 | VALUE"
      })
  void whatIsNoFilterSaysWhichTermIsWrong(String terms, String term, Reason reason) {
    assertThatThrownBy(() -> FilterText.parse(terms))
        .isInstanceOfSatisfying(
            BadFilterException.class,
            e -> {
              assertThat(e.term()).isEqualTo(term);
              assertThat(e.reason()).isEqualTo(reason);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,", "x", "-1", "new,1", "1 "})
  void whatIsNoGroupIsRefused(String groups) {
    assertThatThrownBy(() -> FilterText.parse(groups, "")).isInstanceOf(BadFilterException.class);
  }

  @Test
  void tooMuchIsRefusedBeforeItIsRead() {
    for (String terms : List.of("errors;".repeat(50) + "open", "x".repeat(400_000))) {
      assertThatThrownBy(() -> FilterText.parse(terms))
          .isInstanceOfSatisfying(
              BadFilterException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY));
    }
    assertThatThrownBy(() -> FilterText.parse("serial:1" + ",1".repeat(10_000)))
        .isInstanceOfSatisfying(
            BadFilterException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.TOO_MANY);
              assertThat(e.term()).hasSize(101);
            });
  }

  @Test
  void anOrderIsReadBack() {
    assertThat(DeviceOrder.parse("RECEIVED-,SERIAL").keys())
        .containsExactly(
            new DeviceOrder.By(DeviceOrder.Key.RECEIVED, false),
            new DeviceOrder.By(DeviceOrder.Key.SERIAL, true));
    for (DeviceOrder.Key key : DeviceOrder.Key.values()) {
      for (boolean ascending : new boolean[] {true, false}) {
        DeviceOrder order = new DeviceOrder(key, ascending);
        assertThat(DeviceOrder.parse(order.text())).isEqualTo(order);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "SERIAL,",
        "SERIAL,SERIAL-",
        "NUMBER",
        "SERIAL,IMEI,ICCID,DAYS," + "MODEL,BAND,RSSI,GROUP,STATUS"
      })
  void whatIsNoOrderIsRefused(String text) {
    assertThatThrownBy(() -> DeviceOrder.parse(text)).isInstanceOf(BadFilterException.class);
  }
}
