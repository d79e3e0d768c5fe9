package org.kvantenergo.simulator.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the language can say, and where it says that it does not understand. */
class ScriptParserTest {

  @Test
  void readsStatementsThatGoOnOverLines() {
    Script script =
        Script.parse(
            "x",
            """
            # A comment.
            proves a/b c/d
            given m is blocked module
            b: connect tls 1.2

            b: > readings
                record number=1
                record number=2 time=now-1h
              as=r
            db within 2s select 1
              => 2
            """);
    assertThat(script.proves()).containsExactly("a/b", "c/d");
    assertThat(script.alone()).isFalse();
    assertThat(script.lines()).extracting(Script.Line::number).containsExactly(3, 4, 6, 10);
    assertThat(script.lines().get(0).step())
        .isEqualTo(
            new Step.GivenDevice("m", Surroundings.Kind.MODULE, Surroundings.Standing.BLOCKED));
    assertThat(script.lines().get(1).step())
        .isEqualTo(new Step.Connect("b", Step.Door.TLS, "TLSv1.2"));
    Message readings = ((Step.Send) script.lines().get(2).step()).message();
    assertThat(readings.records())
        .isEqualTo(List.of(Map.of("number", "1"), Map.of("number", "2", "time", "now-1h")));
    assertThat(readings.values()).isEqualTo(Map.of("as", "r"));
    assertThat(script.lines().get(3).step())
        .isEqualTo(new Step.Database("select 1", Duration.ofSeconds(2), "2"));
  }

  @Test
  void optionsOfARelayBelongToTheOuterFrame() {
    Script script =
        Script.parse("x", "given b is block\n> relay b frame type=5 payload=01 02 seq=9");
    Message relay = ((Step.Send) script.lines().get(1).step()).message();
    assertThat(relay.values()).isEqualTo(Map.of("seq", "9"));
    assertThat(relay.inner().values()).isEqualTo(Map.of("type", "5", "payload", "0102"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          say hello|'say' is no statement
          > pong|'pong' is no packet here; there are [bye, frame, hello, info, ping, readings, relay, result]
          > ping day=1|ping has no 'day'
          > hello m|no line above says what m is
          < command open id=1|commands are [apn, archive, metrological, retries, schedule, technological]
          < closed soon|'after' belongs where 'soon' stands
          < quiet|the line ends where something behind 'quiet' belongs
          given m is meter|'meter' is no module, station or block
          connect by tls|connect, connect tls, connect tls 1.2, connect tls-raw
          > info apn="a|a quotation mark is missing
          disconnect now|'now' is left over
          a: given m is module|'given' is nothing that a connection does
          """)
  void saysWhatItDoesNotUnderstandAndWhere(String line, String reason) {
    assertThatThrownBy(() -> Script.parse("f.dialogue", "# first\n\n" + line))
        .isInstanceOf(ScriptException.class)
        .hasMessage("f.dialogue:3: %s\n  %s".formatted(line, reason));
  }
}
