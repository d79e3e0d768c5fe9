package org.kvantenergo.registry.lists;

import java.time.Instant;
import java.util.Map;

/**
 * What became of a list.
 *
 * @param id the list
 * @param fileName as it was called
 * @param state where it is
 * @param progress 0..100 of what is under way
 * @param lines how many there are, without the header
 * @param badLines how many of them have errors
 * @param errors how many errors there are in all
 * @param counts what applying does or did
 * @param createdAt when it was uploaded
 */
public record ListStatus(
    ListId id,
    String fileName,
    State state,
    int progress,
    int lines,
    int badLines,
    int errors,
    Map<Count, Integer> counts,
    Instant createdAt) {

  /** Where a list is. Stored by name. */
  public enum State {
    /** It is being read and checked. */
    READING,
    /** Read and checked; nothing was changed. */
    CHECKED,
    /** The file as a whole cannot be taken. */
    REFUSED,
    /** It is being applied. */
    APPLYING,
    /** What it says is in the registry. */
    APPLIED,
    /** Reading or applying broke off; nothing was changed. */
    FAILED,
    /** Given up by its owner; nothing was changed. */
    CANCELLED
  }

  /** What a list does. Stored by name. */
  public enum Count {
    /** Sites that are made. */
    SITES,
    /** Meters that are added. */
    METERS,
    /** Meters whose plate is corrected. */
    CORRECTED,
    /** Meters that are put somewhere, moved ones among them. */
    PLACED,
    /** Meters that are taken away because another one is put in their place. */
    REPLACED,
    /** First readings that are corrected. */
    READ,
    /** Devices that are put on a meter. */
    FITTED,
    /** Verifications. */
    VERIFIED,
    /** Seals. */
    SEALED,
    /** Accounts that begin at a site. */
    SETTLED
  }

  /** Whether there is nothing to wait for. */
  public boolean done() {
    return state != State.READING && state != State.APPLYING;
  }
}
