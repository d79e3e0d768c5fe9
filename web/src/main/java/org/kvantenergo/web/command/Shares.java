package org.kvantenergo.web.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.kvantenergo.command.Campaigns.Progress;
import org.kvantenergo.command.OutcomeKind;

/** How the devices of a campaign fare, as one stacked bar. */
final class Shares {

  /** What is over comes first; what waits is the rest of the bar. */
  private static final List<OutcomeKind> ORDER =
      List.of(
          OutcomeKind.VERIFIED,
          OutcomeKind.FAILED,
          OutcomeKind.SUPERSEDED,
          OutcomeKind.LEFT_OUT,
          OutcomeKind.DONE,
          OutcomeKind.LEASED,
          OutcomeKind.WAITING);

  private static final double WHOLE = 1000;

  /** Narrower ones are not seen. */
  private static final double LEAST = 4;

  private Shares() {}

  static List<Share> of(Progress progress, CommandLines lines) {
    long[] counts = ORDER.stream().mapToLong(progress::count).toArray();
    double[] widths = widths(counts);
    List<Share> shares = new ArrayList<>();
    double x = 0;
    for (int i = 0; i < widths.length; i++) {
      OutcomeKind kind = ORDER.get(i);
      shares.add(
          new Share(
              kind.name(),
              tone(kind),
              lines.text("campaign.kind." + kind.name()),
              counts[i],
              lines.whole(counts[i]),
              x,
              widths[i]));
      x += widths[i];
    }
    return shares;
  }

  /** What is small is widened, at the cost of the others. */
  private static double[] widths(long[] counts) {
    double all = LongStream.of(counts).sum();
    double small = LongStream.of(counts).filter(n -> small(n, all)).count() * LEAST;
    double big = LongStream.of(counts).filter(n -> !small(n, all)).sum();
    return LongStream.of(counts)
        .mapToDouble(n -> n == 0 ? 0 : small(n, all) ? LEAST : n / big * (WHOLE - small))
        .toArray();
  }

  private static boolean small(long count, double all) {
    return count > 0 && count / all * WHOLE < LEAST;
  }

  /** The same classes as of a command's track. */
  private static String tone(OutcomeKind kind) {
    return switch (kind) {
      case VERIFIED -> "o";
      case FAILED -> "d";
      case DONE -> "c";
      case LEASED -> "l";
      case SUPERSEDED, LEFT_OUT -> "e";
      case WAITING -> "q";
    };
  }
}
