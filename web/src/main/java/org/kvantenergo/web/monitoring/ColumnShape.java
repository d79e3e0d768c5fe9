package org.kvantenergo.web.monitoring;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a column of the upper table is made.
 *
 * @param column which
 * @param width px, as the design has it
 * @param duty whether «Дежурный» shows it: 1 always, 2 from 1600 px on, 3 not
 * @param family key of the grey first line of its header, empty if it belongs to none
 * @param head key of the header, to which «.1» and «.2» are added if it has two lines
 */
record ColumnShape(ModuleColumn column, int width, int duty, String family, String head) {

  /** Narrower than this nothing can be read, px. */
  static final int NARROWEST = 36;

  /** Wider than this nothing needs to be, px. */
  static final int WIDEST = 600;

  private static final int ALWAYS = 1;
  private static final int WIDE = 2;
  private static final int ASKED = 3;
  private static final String TIME = "col.time";
  private static final String ERRORS = "col.errors";

  private static final Map<ModuleColumn, ColumnShape> ALL = all();

  static ColumnShape of(ModuleColumn column) {
    return ALL.get(column);
  }

  /** Whether it stays in sight at the left. */
  boolean frozen() {
    return column == ModuleColumn.IMEI || column == ModuleColumn.SERIAL;
  }

  private static Map<ModuleColumn, ColumnShape> all() {
    Map<ModuleColumn, ColumnShape> all = new EnumMap<>(ModuleColumn.class);
    Arrays.stream(ModuleColumn.values()).forEach(column -> all.put(column, shape(column)));
    return Collections.unmodifiableMap(all);
  }

  private static ColumnShape shape(ModuleColumn c) {
    return switch (c) {
      case IMEI -> new ColumnShape(c, 121, ALWAYS, "", "col.imei");
      case SERIAL -> new ColumnShape(c, 100, ALWAYS, "", "col.serial");
      case READING -> new ColumnShape(c, 74, ALWAYS, "", "col.reading");
      case RESOURCE -> new ColumnShape(c, 70, WIDE, "", "col.resource");
      case RECEIVED -> new ColumnShape(c, 136, ALWAYS, TIME, "col.received");
      case MODULE_TIME -> new ColumnShape(c, 136, WIDE, TIME, "col.module");
      case METER_TIME -> new ColumnShape(c, 136, WIDE, TIME, "col.meter");
      case MEASUREMENT_ERRORS -> new ColumnShape(c, 54, ALWAYS, ERRORS, "col.errors.0");
      case TEMPERATURE_ERRORS -> new ColumnShape(c, 54, ALWAYS, ERRORS, "col.errors.1");
      case CONTROL_ERRORS -> new ColumnShape(c, 54, ALWAYS, ERRORS, "col.errors.2");
      case CALIBRATION_ERRORS -> new ColumnShape(c, 54, ALWAYS, ERRORS, "col.errors.3");
      case HARDWARE_ERRORS -> new ColumnShape(c, 54, ALWAYS, ERRORS, "col.errors.4");
      case TEMPERATURE -> new ColumnShape(c, 62, WIDE, "", "col.temperature");
      case BATTERY -> new ColumnShape(c, 82, ALWAYS, "", "col.battery");
      case RSSI -> new ColumnShape(c, 68, ALWAYS, "", "col.rssi");
      case PERIOD -> new ColumnShape(c, 56, WIDE, "", "col.period");
      case BAND -> new ColumnShape(c, 48, ASKED, "", "col.band");
      case SESSIONS -> new ColumnShape(c, 60, ASKED, "", "col.sessions");
      case SESSIONS_DAY -> new ColumnShape(c, 60, WIDE, "", "col.sessionsDay");
      case PROTOCOL -> new ColumnShape(c, 70, ASKED, "", "col.protocol");
      case MODEL -> new ColumnShape(c, 56, ASKED, "", "col.model");
      case DAYS -> new ColumnShape(c, 52, ASKED, "", "col.days");
      case COMMENT -> new ColumnShape(c, 176, ALWAYS, "", "col.comment");
      case ICCID -> new ColumnShape(c, 156, ASKED, "", "col.iccid");
      case STATUS -> new ColumnShape(c, 150, WIDE, "", "col.status");
      case IDX -> new ColumnShape(c, 60, ASKED, "", "col.idx");
      case GROUP -> new ColumnShape(c, 90, WIDE, "", "col.group");
    };
  }
}
