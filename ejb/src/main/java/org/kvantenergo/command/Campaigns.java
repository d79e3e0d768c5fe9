package org.kvantenergo.command;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Slice;

/**
 * Commands for many devices that go to a few first. What changes one asks for {@code SEND_IN_BULK},
 * reading for {@code SEND_COMMANDS}; one of people that the caller does not see is answered like
 * one that there is none of. The step from the first devices to all is made by a timer, on whatever
 * node, in one transaction.
 */
public interface Campaigns {

  /**
   * What became of the start.
   *
   * @param sending as for an order without a campaign; what is queued are the first devices alone
   * @param campaign null if it was refused
   */
  record Start(Sending sending, CampaignId campaign) {}

  /**
   * A campaign.
   *
   * @param id which
   * @param plan how it goes
   * @param command what is sent
   * @param composite whether each device gets a task
   * @param state where it is
   * @param login who began it
   * @param startedAt when
   * @param endedAt null while it is under way
   * @param progress how its devices fare
   */
  record CampaignRow(
      CampaignId id,
      CampaignPlan plan,
      CommandText command,
      boolean composite,
      CampaignState state,
      String login,
      Instant startedAt,
      Instant endedAt,
      Progress progress) {}

  /**
   * Devices of a campaign, by what became of the last command that each got.
   *
   * @param total all of them
   * @param waiting have none yet
   * @param refused get none: blocked, taken out, or never heard of
   * @param states of the others; those with 0 are left out
   * @param over have come to an end, or get none
   * @param canaries how many are first
   * @param canariesOver how many of these have come to an end
   * @param canariesWell how many of these succeeded
   */
  record Progress(
      long total,
      long waiting,
      long refused,
      Map<CommandState, Long> states,
      long over,
      long canaries,
      long canariesOver,
      long canariesWell) {

    /** Keeps its own map. */
    public Progress {
      states = Map.copyOf(states);
    }

    /** How many have come to something. */
    public long count(OutcomeKind kind) {
      long own =
          switch (kind) {
            case WAITING -> waiting;
            case LEFT_OUT -> refused;
            case VERIFIED, DONE, FAILED, LEASED, SUPERSEDED -> 0;
          };
      return own
          + states.entrySet().stream()
              .filter(e -> OutcomeKind.of(e.getKey()) == kind)
              .mapToLong(Map.Entry::getValue)
              .sum();
    }
  }

  /**
   * What became of a device in a campaign.
   *
   * @param device which
   * @param serial of it
   * @param imei 15 digits as a number; 0 = none
   * @param canary whether it was among the first
   * @param refusal why it got nothing; null if it did, or will
   * @param command the last one that it got; null if there is none
   * @param state of that one; null if there is none
   * @param reason of that one; null if there is none
   * @param attempts how often that one was written to a connection
   * @param at when it ended, was answered or was queued, whichever it was last; null if there is
   *     none
   */
  record Outcome(
      DeviceId device,
      long serial,
      long imei,
      boolean canary,
      Fate refusal,
      CommandId command,
      CommandState state,
      CommandReason reason,
      int attempts,
      Instant at) {}

  /** A dry run, as of an order without a campaign. */
  OrderCheck check(Caller caller, CommandOrder order, CampaignPlan plan);

  /** Begins, or proposes to begin where a second person has to approve. */
  Start start(Caller caller, CommandOrder order, CampaignPlan plan, CommandDesk.Proof proof);

  /**
   * Holds it: nothing more goes out, but for tasks that have begun, which end locked.
   *
   * @return whether it was this call that did
   */
  boolean pause(Caller caller, CampaignId campaign);

  /**
   * Lets a paused one go on where it was.
   *
   * @return whether it was this call that did
   */
  boolean resume(Caller caller, CampaignId campaign);

  /**
   * Lets a halted one go on: all other devices get the command, although too few of the first
   * succeeded. So it asks for what the start asked for.
   *
   * @return as for an order
   */
  Sending goOn(Caller caller, CampaignId campaign, CommandDesk.Proof proof);

  /**
   * Calls it off: what has not gone out is cancelled.
   *
   * @return how many commands were cancelled; -1 if it is over already
   */
  long cancel(Caller caller, CampaignId campaign);

  /**
   * Queues new commands for devices whose last one ended badly: refused, failed, not in force,
   * expired or cancelled. Of a halted one it tries the first devices again and judges anew.
   *
   * @param expiresAt of the new ones
   * @return as for an order; twice in a row queues nothing the second time
   */
  Sending retry(Caller caller, CampaignId campaign, Instant expiresAt, CommandDesk.Proof proof);

  /** A slice, newest first. */
  Page<CampaignRow> list(Caller caller, Slice slice);

  /** One of them; empty if there is none or the caller does not see it. */
  Optional<CampaignRow> find(Caller caller, CampaignId campaign);

  /**
   * When the devices of one are expected that are still to come, by their own periods; the proof of
   * a mode takes one contact more.
   *
   * @param end when the last of those that are expected will have come; null if none is
   * @param silent devices that are overdue, or of which nobody knows when they come
   */
  record Outlook(Instant end, long silent) {}

  /** When one will be over; nothing to say if there is none or the caller does not see it. */
  Outlook outlook(Caller caller, CampaignId campaign);

  /**
   * A slice of what became of the devices that the caller sees, by their ids.
   *
   * @param kind null: of all
   */
  Page<Outcome> outcomes(Caller caller, CampaignId campaign, OutcomeKind kind, Slice slice);

  /**
   * What became of each device that the caller sees, by serial number. Outside of a transaction.
   */
  void stream(Caller caller, CampaignId campaign, Rows<Outcome> rows) throws IOException;
}
