package org.kvantenergo.command;

import java.time.Instant;
import org.kvantenergo.shared.DeviceId;

/**
 * A command.
 *
 * @param id which
 * @param device whose
 * @param serial of the device
 * @param imei 15 digits as a number; 0 = none
 * @param command what it is
 * @param part what it is in a task
 * @param state where it is
 * @param reason why it ended so; null while it has not, or went well
 * @param priority the higher goes first; parts of a task that has begun have 100
 * @param createdAt when it was queued
 * @param author login of who asked
 * @param expiresAt when it is no longer worth sending
 * @param attempts how often it was written to a connection
 * @param attemptsAllowed how often it may be, 1 or more
 * @param sentAt when it was written last; null if it never was
 * @param resultAt when the device answered; null if it did not
 * @param endedAt when it came to an end; null while it has not
 * @param campaign null if it is of none
 * @param request null if a program queued it
 */
public record CommandRow(
    CommandId id,
    DeviceId device,
    long serial,
    long imei,
    CommandText command,
    Part part,
    CommandState state,
    CommandReason reason,
    int priority,
    Instant createdAt,
    String author,
    Instant expiresAt,
    int attempts,
    int attemptsAllowed,
    Instant sentAt,
    Instant resultAt,
    Instant endedAt,
    CampaignId campaign,
    RequestId request) {

  /** What a command is in a task. */
  public enum Part {
    /** It is in none. */
    ALONE,
    /** Opens the device for the change. */
    OPENING,
    /** What the task is about. */
    CHANGE,
    /** Locks the device again. */
    LOCKING
  }
}
