package org.kvantenergo.command;

import java.util.Set;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Span;

/**
 * Which commands are listed: all that fulfil everything that is given.
 *
 * @param device whose; null: anybody's
 * @param states in one of these; empty: in any
 * @param author login of who asked, as it is; empty: anybody
 * @param span when they were queued
 * @param campaign of which; null: of any or none
 * @param request of which call; null: of any
 * @param underWay whether only those that may still be sent, or wait for a proof
 */
public record CommandFilter(
    DeviceId device,
    Set<CommandState> states,
    String author,
    Span span,
    CampaignId campaign,
    RequestId request,
    boolean underWay) {

  /** All of them. */
  public static final CommandFilter ALL =
      new CommandFilter(null, Set.of(), "", Span.ALL, null, null);

  /** Keeps its own set. */
  public CommandFilter {
    states = Set.copyOf(states);
  }

  /** Whether they are under way or over. */
  public CommandFilter(
      DeviceId device,
      Set<CommandState> states,
      String author,
      Span span,
      CampaignId campaign,
      RequestId request) {
    this(device, states, author, span, campaign, request, false);
  }
}
