package org.kvantenergo.web.command;

import org.kvantenergo.command.CommandDesk.Proposal;
import org.kvantenergo.web.format.Moment;

/**
 * What waits for somebody's approval.
 *
 * @param id of the call
 * @param text what is asked for
 * @param task whether each device gets a task
 * @param login who asked
 * @param at when
 * @param expires when it is no longer worth sending
 * @param devices how many are meant
 * @param campaign the one that would begin; 0 if it is none
 * @param own whether the viewer asked, and cannot approve
 */
public record ProposalLine(
    long id,
    String text,
    boolean task,
    String login,
    Moment at,
    Moment expires,
    long devices,
    long campaign,
    boolean own) {

  static ProposalLine of(Proposal proposal, CommandLines lines) {
    return new ProposalLine(
        proposal.request().value(),
        lines.words().of(proposal.command()),
        proposal.composite(),
        proposal.login(),
        lines.moment(proposal.at()),
        lines.moment(proposal.expiresAt()),
        proposal.devices(),
        proposal.campaign() == null ? 0 : proposal.campaign().value(),
        proposal.own());
  }
}
