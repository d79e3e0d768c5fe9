package org.kvantenergo.command;

/**
 * How a command goes to many devices. Nothing is checked here: {@link Campaigns} says what is
 * wrong.
 *
 * @param name for people, 1..{@value #LONGEST_NAME} characters
 * @param canaries how many devices get it first, 1..{@value #MOST_CANARIES}; the ones with the
 *     smallest ids of all that are picked by a filter, else the first that are named
 * @param threshold per cent of these that must succeed before all others get it, 0..100
 */
public record CampaignPlan(String name, int canaries, int threshold) {

  /** Longest name, characters. */
  public static final int LONGEST_NAME = 200;

  /** Most canaries. */
  public static final int MOST_CANARIES = 10_000;
}
