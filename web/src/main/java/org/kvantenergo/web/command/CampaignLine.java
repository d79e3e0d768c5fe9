package org.kvantenergo.web.command;

import java.util.List;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.OutcomeKind;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.grid.Line;

/**
 * A campaign as the page shows it.
 *
 * @param id which
 * @param name for people
 * @param text what is sent, with its arguments
 * @param task whether each device gets a task
 * @param state where it is
 * @param word the same for people
 * @param tone style class of its chip
 * @param login who began it
 * @param started when
 * @param ended when; empty while it is under way
 * @param percent how many of its devices have come to an end
 * @param over how many these are
 * @param total how many devices there are
 * @param canaries how the first devices fare, in a sentence
 * @param shares of its bar
 */
public record CampaignLine(
    long id,
    String name,
    String text,
    boolean task,
    CampaignState state,
    String word,
    String tone,
    String login,
    Moment started,
    Moment ended,
    int percent,
    long over,
    long total,
    String canaries,
    List<Share> shares)
    implements Line {

  /** Keeps its own list. */
  public CampaignLine {
    shares = List.copyOf(shares);
  }

  private long count(OutcomeKind kind) {
    return shares.stream()
        .filter(share -> share.kind().equals(kind.name()))
        .mapToLong(Share::count)
        .sum();
  }

  /** How many are tried again. */
  public long failed() {
    return count(OutcomeKind.FAILED);
  }

  /** How many wait: what calling it off is about. */
  public long rest() {
    return count(OutcomeKind.WAITING);
  }

  public boolean canPause() {
    return state == CampaignState.CANARIES || state == CampaignState.RUNNING;
  }

  public boolean paused() {
    return state == CampaignState.PAUSED;
  }

  public boolean halted() {
    return state == CampaignState.HALTED;
  }

  /** Whether what failed can be tried again. */
  public boolean canRetry() {
    return failed() > 0
        && (halted() || state == CampaignState.RUNNING || state == CampaignState.DONE);
  }

  public boolean canCancel() {
    return canPause() || paused() || halted();
  }
}
