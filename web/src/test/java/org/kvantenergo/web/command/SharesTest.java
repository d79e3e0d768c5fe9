package org.kvantenergo.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.Campaigns.Progress;
import org.kvantenergo.command.CommandState;

class SharesTest {

  private final CommandLines lines =
      new CommandLines(Locale.forLanguageTag("ru"), ZoneId.of("UTC"), Clock.systemUTC());

  @Test
  void smallPartsAreSeenAndAllTogetherAreTheWhole() {
    Progress progress =
        new Progress(
            100_000,
            40_000,
            3,
            Map.of(CommandState.VERIFIED, 59_990L, CommandState.REFUSED, 7L),
            60_000,
            20,
            20,
            20);
    List<Share> shares = Shares.of(progress, lines);
    assertThat(shares)
        .extracting(Share::count)
        .containsExactly(59_990L, 7L, 0L, 3L, 0L, 0L, 40_000L);
    assertThat(shares).extracting(Share::kind).startsWith("VERIFIED", "FAILED");
    assertThat(shares.get(1).width()).isEqualTo(4);
    assertThat(shares.stream().mapToDouble(Share::width).sum()).isBetween(999.9, 1000.1);
    assertThat(shares.get(6).x() + shares.get(6).width()).isBetween(999.9, 1000.1);
  }

  @Test
  void nothingIsNoBar() {
    Progress none = new Progress(0, 0, 0, Map.of(), 0, 0, 0, 0);
    assertThat(Shares.of(none, lines)).allMatch(share -> share.width() == 0);
  }
}
