package org.kvantenergo.simulator;

/**
 * Who a simulated device says it is.
 *
 * @param imei 15 decimal digits as a number; 0 = none: a base station or a telemetry block
 * @param serial 1..10^15-1
 * @param model u16
 * @param firmware u16
 * @param iccid up to 20 decimal digits; empty = no SIM
 */
public record ModuleIdentity(long imei, long serial, int model, int firmware, String iccid) {

  private static final int MODEL = 642;
  private static final int STATION_MODEL = 900;
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

  /**
   * The i-th base station of the demo, the same that the server registers with kvant.demo.stations.
   *
   * @param i from 1
   */
  public static ModuleIdentity ofStation(int i) {
    return new ModuleIdentity(
        0, 320_000_000_000L + i, STATION_MODEL, FIRMWARE, "8970102%012d".formatted(i));
  }

  /**
   * The i-th telemetry block of the demo, the same that the server registers with
   * kvant.demo.blocks.
   *
   * @param i from 1
   */
  public static ModuleIdentity ofBlock(int i) {
    return new ModuleIdentity(0, 330_000_000_000L + i, MODEL, FIRMWARE, "");
  }

  /** What the device is known by: IMEI, or serial if it has none. */
  public long name() {
    return imei == 0 ? serial : imei;
  }
}
