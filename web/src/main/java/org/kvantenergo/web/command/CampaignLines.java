package org.kvantenergo.web.command;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.Campaigns.CampaignRow;
import org.kvantenergo.command.Campaigns.Outcome;
import org.kvantenergo.command.Campaigns.Outlook;
import org.kvantenergo.command.Campaigns.Progress;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;

/** From what the domain says of campaigns to what the viewer sees. */
final class CampaignLines {

  private static final int ALL = 100;
  private static final List<String> NO_STEP = List.of("", "", "", "");

  private final CommandLines lines;

  CampaignLines(Locale locale, ZoneId zone, Clock clock) {
    this.lines = new CommandLines(locale, zone, clock);
  }

  CampaignLine line(CampaignRow row) {
    Progress progress = row.progress();
    return new CampaignLine(
        row.id().value(),
        row.plan().name(),
        lines.words().of(row.command()),
        row.composite(),
        row.state(),
        lines.words().of(row.state()),
        CommandWords.tone(row.state()),
        row.login(),
        lines.moment(row.startedAt()),
        lines.moment(row.endedAt()),
        progress.total() == 0 ? 0 : (int) (progress.over() * ALL / progress.total()),
        progress.over(),
        progress.total(),
        canaries(row),
        Shares.of(progress, lines));
  }

  /** How many of the first are over, and how many of these went well if not all did. */
  private String canaries(CampaignRow row) {
    Progress progress = row.progress();
    if (row.state() == CampaignState.PROPOSED || progress.canaries() == 0) {
      return lines.said("campaign.canaries.plan", row.plan().canaries());
    }
    String over = lines.said("campaign.canaries", progress.canariesOver(), progress.canaries());
    return progress.canariesWell() == progress.canariesOver()
        ? over
        : over
            + lines.said("campaign.canaries.well", progress.canariesWell(), row.plan().threshold());
  }

  /** When one that runs will be over, as far as that can be said; empty if it cannot. */
  String end(CampaignState state, Outlook outlook) {
    if (state != CampaignState.RUNNING) {
      return "";
    }
    if (outlook.end() == null) {
      return outlook.silent() == 0 ? "" : lines.said("campaign.end.silent", outlook.silent());
    }
    Moment end = lines.moment(outlook.end());
    String minute = end.time().substring(0, end.time().lastIndexOf(':'));
    String at = end.tone().isEmpty() ? minute : end.date() + " " + minute;
    return outlook.silent() == 0
        ? lines.said("campaign.end", at)
        : lines.said("campaign.end.least", at, outlook.silent());
  }

  OutcomeLine outcome(Outcome outcome, long number) {
    boolean given = outcome.command() != null;
    return new OutcomeLine(
        outcome.device().value(),
        number == 0 ? "" : lines.whole(number),
        Identifier.serial(outcome.serial()),
        Identifier.imei(outcome.imei()),
        outcome.canary(),
        chip(outcome),
        why(outcome),
        given ? outcome.command().value() : 0,
        given ? lines.whole(outcome.attempts()) : "",
        lines.moment(outcome.at()));
  }

  private StateChip chip(Outcome outcome) {
    if (outcome.command() != null) {
      return lines.words().chip(outcome.state(), outcome.reason(), outcome.attempts());
    }
    String state = outcome.refusal() == null ? "WAITING" : "LEFT_OUT";
    String word = lines.text("campaign.outcome." + state);
    return new StateChip(state, word, word, "", NO_STEP);
  }

  private String why(Outcome outcome) {
    if (outcome.command() == null) {
      return outcome.refusal() == null ? "" : lines.words().of(outcome.refusal());
    }
    return outcome.reason() == null ? "" : lines.words().of(outcome.reason());
  }

  CommandLines texts() {
    return lines;
  }
}
