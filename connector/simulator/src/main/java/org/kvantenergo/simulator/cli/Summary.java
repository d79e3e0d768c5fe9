package org.kvantenergo.simulator.cli;

import java.util.Locale;
import org.kvantenergo.simulator.CommandTotals;
import org.kvantenergo.simulator.RudeTotals;
import org.kvantenergo.simulator.Totals;

/** The counts of a run, for people and for programs. */
final class Summary {

  private Summary() {}

  /** Some lines; unknown devices, commands and bad manners only if there were any. */
  static String text(Totals.Snapshot now, double seconds) {
    String text =
        String.format(
            Locale.ROOT,
            "%d records acknowledged (%d new, %d known), %d not; %d sessions, %d failed;"
                + " %d acknowledgements lost, %d repeats, %d wrong answers, %d REJECT, %d busy;"
                + " %.1f s%n",
            now.acknowledged(),
            now.stored(),
            now.already(),
            now.waiting(),
            now.sessions(),
            now.failed(),
            now.lostAcks(),
            now.repeats(),
            now.unexpected(),
            now.rejects(),
            now.busy(),
            seconds);
    if (now.notRegistered() > 0) {
      text +=
          "%d sessions of devices that the server does not know: it keeps their records apart%n"
              .formatted(now.notRegistered());
    }
    if (now.commands().received() > 0) {
      text += commands(now.commands());
    }
    return now.rude().any() ? text + rude(now.rude()) : text;
  }

  private static String commands(CommandTotals.Snapshot now) {
    return String.format(
        Locale.ROOT,
        "%d commands received: %d executed (%d more than once), %d refused, %d repeated;"
            + " %d dropped before the result, %d results acknowledged%n",
        now.received(),
        now.executed(),
        now.twice(),
        now.refused(),
        now.repeated(),
        now.dropped(),
        now.acknowledged());
  }

  private static String rude(RudeTotals.Snapshot now) {
    return String.format(
        Locale.ROOT,
        "Bad manners: %d stalled, %d garbage, %d floods (%d frames), %d slow lorises, %d idle;"
            + " %d shown out%n",
        now.stalls(),
        now.garbage(),
        now.floods(),
        now.floodedFrames(),
        now.slowLorises(),
        now.idlers(),
        now.shownOut());
  }

  /**
   * One object.
   *
   * @param extra more members, beginning with a comma; or empty
   */
  static String json(Totals.Snapshot now, double seconds, boolean clean, String extra) {
    return String.format(
        Locale.ROOT,
        """
        {"clean": %b, "seconds": %.3f, "acknowledged": %d, "stored": %d, "already": %d, "waiting": %d,
         "sessions": %d, "complete": %d, "failed": %d, "lostAcks": %d, "repeats": %d, "unexpected": %d,
         "rejects": %d, "busy": %d, "notRegistered": %d,
         "ackMicros": {"count": %d, "p50": %d, "p99": %d, "max": %d},
         %s,
         %s%s}
        """,
        clean,
        seconds,
        now.acknowledged(),
        now.stored(),
        now.already(),
        now.waiting(),
        now.sessions(),
        now.complete(),
        now.failed(),
        now.lostAcks(),
        now.repeats(),
        now.unexpected(),
        now.rejects(),
        now.busy(),
        now.notRegistered(),
        now.acks(),
        now.p50(),
        now.p99(),
        now.max(),
        commandsJson(now.commands()),
        rudeJson(now.rude()),
        extra);
  }

  private static String commandsJson(CommandTotals.Snapshot now) {
    return String.format(
        Locale.ROOT,
        "\"commands\": {\"received\": %d, \"executed\": %d, \"twice\": %d, \"refused\": %d,"
            + " \"repeated\": %d, \"dropped\": %d, \"acknowledged\": %d}",
        now.received(),
        now.executed(),
        now.twice(),
        now.refused(),
        now.repeated(),
        now.dropped(),
        now.acknowledged());
  }

  private static String rudeJson(RudeTotals.Snapshot now) {
    return String.format(
        Locale.ROOT,
        "\"badManners\": {\"stalls\": %d, \"garbage\": %d, \"floods\": %d, \"floodedFrames\": %d,"
            + " \"slowLorises\": %d, \"idlers\": %d, \"shownOut\": %d}",
        now.stalls(),
        now.garbage(),
        now.floods(),
        now.floodedFrames(),
        now.slowLorises(),
        now.idlers(),
        now.shownOut());
  }
}
