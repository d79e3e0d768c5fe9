package org.kvantenergo.web.monitoring;

/**
 * The columns of the upper table in the manual's order. Stored by name, in views and in links to
 * them, so a name is never given another meaning.
 */
public enum ModuleColumn {
  /** 15 digits. */
  IMEI("full.imei"),
  /** 12 digits. */
  SERIAL("full.serial"),
  /** m³. */
  READING("full.reading"),
  /** %. */
  RESOURCE("full.resource"),
  /** When the newest packet was received. */
  RECEIVED("full.received"),
  /** The module's clock. */
  MODULE_TIME("full.module"),
  /** The meter's clock. */
  METER_TIME("full.meter"),
  /** Bit mask. */
  MEASUREMENT_ERRORS("full.errors.0"),
  /** Bit mask. */
  TEMPERATURE_ERRORS("full.errors.1"),
  /** Bit mask. */
  CONTROL_ERRORS("full.errors.2"),
  /** Bit mask. */
  CALIBRATION_ERRORS("full.errors.3"),
  /** Bit mask. */
  HARDWARE_ERRORS("full.errors.4"),
  /** °C. */
  TEMPERATURE("full.temperature"),
  /** V. */
  BATTERY("full.battery"),
  /** dBm. */
  RSSI("full.rssi"),
  /** min. */
  PERIOD("full.period"),
  /** Number of the band. */
  BAND("full.band"),
  /** Sessions since commissioning. */
  SESSIONS("full.sessions"),
  /** Sessions of the past day. */
  SESSIONS_DAY("full.sessionsDay"),
  /** Version of the protocol. */
  PROTOCOL("full.protocol"),
  /** Number of the model. */
  MODEL("full.model"),
  /** Days in service. */
  DAYS("full.days"),
  /** The operator's note. */
  COMMENT("full.comment"),
  /** Digits of the SIM. */
  ICCID("full.iccid"),
  /** Status word. */
  STATUS("full.status"),
  /** «idx». */
  IDX("full.idx"),
  /** Name of the group. */
  GROUP("full.group");

  private final String text;

  ModuleColumn(String text) {
    this.text = text;
  }

  /** Key of its full header among the texts. */
  public String text() {
    return text;
  }
}
