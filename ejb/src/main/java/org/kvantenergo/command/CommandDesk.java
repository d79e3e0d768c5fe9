package org.kvantenergo.command;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.kvantenergo.shared.Caller;

/**
 * Where people and other systems ask for commands. Each method asks for {@code SEND_COMMANDS}; more
 * than one device at once needs {@code SEND_IN_BULK} too, and to send needs an open
 * «Технологический режим»: where these lack, the answer is a fault and nothing is queued. Devices
 * of others are answered like devices that there are none of.
 */
public interface CommandDesk {

  /**
   * What shows that it is the person who sends.
   *
   * @param token of the session; null or unknown: the mode is shut
   * @param password typed again; empty or null if it was not; wiped when it has been looked at
   */
  @SuppressWarnings("ArrayRecordComponent") // wiped, never compared
  record Proof(String token, char[] password) {

    @Override
    public String toString() {
      return "Proof[]";
    }
  }

  /**
   * A call that waits for approval.
   *
   * @param request the call
   * @param at when it was made
   * @param login who made it
   * @param command what is asked for
   * @param composite whether it is a task
   * @param expiresAt when it is no longer worth sending
   * @param devices how many are meant
   * @param campaign the campaign that would begin; null if it is none
   * @param own whether the caller made it, and cannot approve it
   */
  record Proposal(
      RequestId request,
      Instant at,
      String login,
      CommandText command,
      boolean composite,
      Instant expiresAt,
      long devices,
      CampaignId campaign,
      boolean own) {}

  /**
   * What was taken back.
   *
   * @param cancelled commands that will not be sent
   * @param left of those that were named: gone out already, over, a locking that has to follow its
   *     opening, or not for the caller
   */
  record Cancelled(long cancelled, long left) {}

  /** A dry run: what would be, and what is wrong. Changes nothing. */
  OrderCheck check(Caller caller, CommandOrder order);

  /**
   * Sends, in one transaction; everything is checked anew. The same key of the same person again is
   * answered as the first time if all else is the same, and refused if it is not.
   */
  Sending send(Caller caller, CommandOrder order, Proof proof);

  /** What waits for approval and was asked for by people of the scope, oldest first. */
  List<Proposal> proposals(Caller caller);

  /**
   * Approves what somebody else has asked for, with the own password: only now is it queued, for
   * devices that the approver sees too.
   */
  Sending approve(Caller caller, RequestId request, Proof proof);

  /**
   * Declines a proposal; one's own too.
   *
   * @return whether it was this call that did
   */
  boolean decline(Caller caller, RequestId request);

  /**
   * Takes commands back that have not gone out; those of more than one device at once need {@code
   * SEND_IN_BULK}, and are all left without it. Of a task everything goes with it, but for a
   * locking whose opening has gone out.
   *
   * @param commands at most 10,000
   */
  Cancelled cancel(Caller caller, Collection<CommandId> commands);
}
