package org.kvantenergo.device;

/** The five error masks. Their names stand in links and saved views. */
public enum ErrorKind {
  /** Errors of measurement. */
  MEASUREMENT,
  /** Errors of temperature. */
  TEMPERATURE,
  /** Errors of control. */
  CONTROL,
  /** Errors of calibration. */
  CALIBRATION,
  /** Errors of hardware. */
  HARDWARE
}
