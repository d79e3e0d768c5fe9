package org.kvantenergo.command;

/** Whether a device obeys commands that change its settings. */
public enum DeviceMode {
  /** Metrological mode: settings are locked. */
  LOCKED,
  /** Technological mode: settings are open. */
  OPEN,
  /** It has not said. */
  UNKNOWN
}
