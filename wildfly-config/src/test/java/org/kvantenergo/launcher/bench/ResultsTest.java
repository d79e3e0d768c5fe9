package org.kvantenergo.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

  @Test
  void theMedianIsTheOneInTheMiddle() {
    Spread odd = new Spread(List.of(5.0, 1.0, 3.0));
    assertThat(odd.median()).isEqualTo(3);
    assertThat(odd.min()).isEqualTo(1);
    assertThat(odd.max()).isEqualTo(5);
    assertThat(new Spread(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
    assertThat(new Spread(List.of(7.0)).median()).isEqualTo(7);
    assertThatThrownBy(() -> new Spread(List.of())).hasMessage("no round");
  }

  private static Results results() {
    Results results = new Results();
    for (double[] round : new double[][] {{10, 20}, {30, 50}, {40, 50}}) {
      results.add("load", Map.of(Quantity.RECORDS_PER_SECOND, round[0], Quantity.ACK_P50, 1.0));
      results.add("limit", Map.of(Quantity.RECORDS_PER_SECOND, round[1]));
    }
    return results;
  }

  @Test
  void aRatioIsTakenRoundByRound() {
    assertThat(results().spread("load", Quantity.RECORDS_PER_SECOND, "limit"))
        .contains(new Spread(List.of(0.5, 0.6, 0.8)));
    assertThat(results().spread("load", Quantity.RECORDS_PER_SECOND, ""))
        .contains(new Spread(List.of(10.0, 30.0, 40.0)));
  }

  @Test
  void whatWasNotMeasuredHasNoFigure() {
    Results results = results();
    assertThat(results.spread("load", Quantity.ACK_P50, "limit")).isEmpty();
    assertThat(results.spread("other", Quantity.ACK_P50, "")).isEmpty();
    assertThat(results.figures("load"))
        .containsOnlyKeys(Quantity.RECORDS_PER_SECOND, Quantity.ACK_P50);
    results.add("load", Map.of(Quantity.RECORDS_PER_SECOND, 1.0));
    assertThat(results.figures("load")).containsOnlyKeys(Quantity.RECORDS_PER_SECOND);
  }

  @Test
  void aRunThatBrokeOffHasTheRatiosOfItsWholeRounds() {
    Results results = results();
    results.add("load", Map.of(Quantity.RECORDS_PER_SECOND, 1.0));
    assertThat(results.spread("load", Quantity.RECORDS_PER_SECOND, "limit"))
        .contains(new Spread(List.of(0.5, 0.6, 0.8)));
    assertThat(results.figures("load").get(Quantity.RECORDS_PER_SECOND).rounds()).hasSize(4);
  }

  @Test
  void targetsJudgeTheMedianOrEveryRound() {
    Spread measured = new Spread(List.of(0.4, 0.5, 0.6));
    assertThat(target("limit", Target.Bound.AT_LEAST, 0.5, false).met(measured)).isTrue();
    assertThat(target("limit", Target.Bound.AT_LEAST, 0.5, true).met(measured)).isFalse();
    assertThat(target("", Target.Bound.BELOW, 0.6, false).met(measured)).isTrue();
    assertThat(target("", Target.Bound.BELOW, 0.6, true).met(measured)).isFalse();
    assertThat(target("", Target.Bound.AT_MOST, 0.6, true).met(measured)).isTrue();
    assertThat(target("", Target.Bound.AT_MOST, 0.0, true).wantedText()).isEqualTo("none");
    assertThat(target("limit", Target.Bound.AT_LEAST, 0.5, false).wantedText())
        .isEqualTo("at least 50 %");
    assertThat(target("", Target.Bound.BELOW, 2_000, false).wantedText())
        .isEqualTo("below 2,000.0 ms");
  }

  private static Target target(
      String limit, Target.Bound bound, double wanted, boolean everyRound) {
    return new Target("what", "load", Quantity.ACK_P99, limit, bound, wanted, everyRound);
  }
}
