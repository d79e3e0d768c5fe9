package org.kvantenergo.command.internal;

import java.util.List;

/** Statements that look at the queue, with values in their places: for looking at their plans. */
public final class DuePlans {

  private static final String SOME = "array(select n::bigint from generate_series(1, 500) n)";

  private DuePlans() {}

  /** In the order of the places. */
  public static List<String> statements() {
    return List.of(
        DueCommands.TAKE
            .replaceFirst("\\?::bigint\\[\\]", SOME)
            .replaceFirst(
                "\\?::bigint\\[\\]", "array(select 1::bigint from generate_series(1, 500))"),
        DueCommands.TAKE_FOR_BLOCKS
            .replaceFirst("\\?::bigint\\[\\]", SOME)
            .replaceFirst("\\?::bigint", "1"),
        SqlProofs.UNPROVEN.replaceFirst("\\?", SOME),
        CommandEnds.TIME_OVER.replaceFirst("\\?", "5000"));
  }
}
