package org.kvantenergo.registry;

/** What flows through a meter. Stored by name; the table {@code resource} knows the same. */
public enum Resource {
  /** m³. */
  COLD_WATER,
  /** m³. */
  HOT_WATER,
  /** Gcal. */
  HEAT,
  /** m³. */
  GAS,
  /** kWh. */
  ELECTRICITY
}
