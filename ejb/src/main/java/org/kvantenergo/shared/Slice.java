package org.kvantenergo.shared;

/**
 * Which part of a list is asked for.
 *
 * @param offset rows to leave out, 0 or more
 * @param limit most rows to return, 1..1000
 */
public record Slice(long offset, int limit) {

  /** Most rows that one slice may ask for. */
  public static final int MAX_LIMIT = 1000;

  /** Checks the ranges. */
  public Slice {
    if (offset < 0 || limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
    }
  }
}
