package org.kvantenergo.device;

/** A number by which people look for a device. */
public enum Identity {
  /** Serial number. */
  SERIAL,
  /** IMEI. */
  IMEI,
  /** Digits of the SIM in the newest session. */
  ICCID
}
