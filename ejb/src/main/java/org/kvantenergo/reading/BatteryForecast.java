package org.kvantenergo.reading;

/**
 * How long a battery lasts (docs/adr/0077).
 *
 * @param state what can be said
 * @param days until the voltage reaches the threshold; 0 unless the state is FALLING
 * @param least days with which it lasts at least, 19 times of 20; 0 if unknown
 * @param most days with which it lasts at most, 19 times of 20; null if there is no such bound
 * @param voltsPerYear by how much it falls in a year at the present rate, V, positive downwards
 * @param voltsPerDegree by how much it rises with one °C, V
 * @param daysKnown days with records that were looked at
 */
public record BatteryForecast(
    State state,
    int days,
    int least,
    Integer most,
    double voltsPerYear,
    double voltsPerDegree,
    int daysKnown) {

  /** Longest forecast, days: what is further away is as good as never. */
  public static final int FARTHEST = 3650;

  /** What can be said. */
  public enum State {
    /** Too few days of records. */
    LITTLE,
    /** It does not fall so that it could be told from noise. */
    STEADY,
    /** It falls, and the days are told. */
    FALLING,
    /** It is below the threshold already. */
    EMPTY
  }
}
