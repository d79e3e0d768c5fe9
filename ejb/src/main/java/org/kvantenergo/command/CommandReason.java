package org.kvantenergo.command;

/** Why a command ended as it did. Stored by name; the pages have a text for each. */
public enum CommandReason {
  /** The device is in the metrological mode: settings are locked (result 1). */
  LOCKED,
  /** The device does not know the command (result 2). */
  UNSUPPORTED,
  /** The device finds an argument bad (result 3). */
  BAD_ARGUMENT,
  /**
   * The device tried and failed, or answered with a result that has no name (result 4 and more).
   */
  DEVICE_FAILED,
  /** Its time was over. */
  TIME,
  /** It was written as often as was allowed, and never answered. */
  ATTEMPTS,
  /** Of a task: what was to open the device came to nothing. */
  NOT_OPENED,
  /** Somebody took it back. */
  BY_PERSON,
  /** Its campaign was called off. */
  CAMPAIGN,
  /** A newer one took its place. */
  NEWER,
  /** The device left the registry. */
  DEVICE_LEFT,
  /** Login and password of its access point cannot be opened: the master key is another one. */
  SECRET,
  /**
   * Of one that is DONE: a later one of the kind was carried out before there was a proof, so there
   * will be none.
   */
  OUTDATED
}
