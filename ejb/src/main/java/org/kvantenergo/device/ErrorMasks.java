package org.kvantenergo.device;

/**
 * The five error masks of a record, u16 each; 0 = no error.
 *
 * @param measurement errors of measurement
 * @param temperature errors of temperature
 * @param control errors of control
 * @param calibration errors of calibration
 * @param hardware errors of hardware
 */
public record ErrorMasks(
    int measurement, int temperature, int control, int calibration, int hardware) {

  /** Whether any bit is set. */
  public boolean any() {
    return (measurement | temperature | control | calibration | hardware) != 0;
  }
}
