package org.kvantenergo.command;

import java.time.Instant;

/**
 * What is asked for. Nothing is checked here: {@link CommandDesk} says what is wrong.
 *
 * @param devices for whom; null: for nobody
 * @param command what they are to do; null: nothing
 * @param access of APN; null for all others
 * @param expiresAt when it is no longer worth sending: later than now, at most {@value
 *     #LONGEST_DAYS} days
 * @param attempts how often it may be written to a connection, 1..{@value #MOST_ATTEMPTS}
 * @param priority -{@value #MOST_PRIORITY}..{@value #MOST_PRIORITY}; the higher goes first
 * @param composite whether a setting is wrapped into a task: open, change, verify, lock again
 * @param key chosen by who asks, 1..{@value #LONGEST_KEY} characters: the same call again queues
 *     nothing
 */
public record CommandOrder(
    Selection devices,
    CommandText command,
    Access access,
    Instant expiresAt,
    int attempts,
    int priority,
    boolean composite,
    String key) {

  /** Longest life, days. */
  public static final int LONGEST_DAYS = 90;

  /** Most attempts. */
  public static final int MOST_ATTEMPTS = 10;

  /** Highest priority; the lowest is its negative. */
  public static final int MOST_PRIORITY = 10;

  /** Longest key, characters. */
  public static final int LONGEST_KEY = 100;

  /**
   * Login and password of an access point; in no {@link #toString()}.
   *
   * @param login at most 63 bytes of UTF-8 without U+0000, empty if none
   * @param password likewise
   */
  public record Access(String login, String password) {

    @Override
    public String toString() {
      return "Access[]";
    }
  }
}
