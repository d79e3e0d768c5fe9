package org.kvantenergo.simulator;

/**
 * Who a simulated module says it is.
 *
 * @param imei 15 decimal digits as a number
 * @param serial 1..10^15-1
 * @param model u16
 * @param firmware u16
 * @param iccid up to 20 decimal digits; empty = no SIM
 */
public record ModuleIdentity(long imei, long serial, int model, int firmware, String iccid) {

  private static final int MODEL = 642;
  private static final int FIRMWARE = 261;

  /**
   * The i-th module of the demo fleet, the same that the server registers with kvant.demo.modules.
   *
   * @param i from 1
   */
  public static ModuleIdentity ofFleet(int i) {
    return new ModuleIdentity(
        860_000_000_000_000L + i,
        300_000_000_000L + i,
        MODEL,
        FIRMWARE,
        "8970101%012d".formatted(i));
  }

  /**
   * The i-th module that no server knows.
   *
   * @param i from 1
   */
  public static ModuleIdentity unknown(int i) {
    return new ModuleIdentity(861_000_000_000_000L + i, 310_000_000_000L + i, MODEL, FIRMWARE, "");
  }
}
