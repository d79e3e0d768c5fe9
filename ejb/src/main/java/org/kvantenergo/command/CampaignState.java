package org.kvantenergo.command;

/** Where a campaign is. Stored by name: a name is never given another meaning. */
public enum CampaignState {
  /** Waits for somebody else's approval; nothing is queued. */
  PROPOSED,
  /** The first devices have it; the others wait for how they fare. */
  CANARIES,
  /** All devices have it. */
  RUNNING,
  /** Held by a person: what is queued does not go out, but for tasks that have begun. */
  PAUSED,
  /** Too few of the first devices succeeded: a person lets it go on or cancels it. */
  HALTED,
  /** Nothing of it is under way any more. */
  DONE,
  /** Called off, or not approved. */
  CANCELLED
}
