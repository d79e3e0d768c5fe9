package org.kvantenergo.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kvantenergo.wire.packet.Reading;

/**
 * A module of the operator manual's figures, with the records that they show.
 *
 * @param identity who it is
 * @param records in the order in which they were made, 1 or more
 * @param fromTable whether the records are rows of readings.csv; else there is one, made from what
 *     the figure of the fleet shows of the module
 */
public record RecordedModule(ModuleIdentity identity, List<Reading> records, boolean fromTable) {

  private static final Map<Long, byte[]> KEYS = keys();

  /** Takes its own copy of the list. */
  public RecordedModule {
    records = List.copyOf(records);
  }

  /** Who is in modules.csv without being in a figure. */
  public enum MadeUp {
    /** A module with a key. */
    MODULE,
    /** A base station. */
    BASE_STATION,
    /** A telemetry block behind it. */
    BLOCK
  }

  /** The made-up device, with one record to go on from. */
  public static RecordedModule madeUp(MadeUp kind) {
    for (Map<String, String> row : table("modules.csv")) {
      if (row.get("source").startsWith("made up")
          && row.get("kind").equals(kind.name().toLowerCase(Locale.ROOT))) {
        return new RecordedModule(identity(row), List.of(state(row)), false);
      }
    }
    throw new IllegalStateException("modules.csv has no made-up " + kind);
  }

  /** The key that modules.csv gives a device, 32 bytes; null if it has none there. */
  static byte[] keyOf(ModuleIdentity device) {
    return KEYS.get(device.imei());
  }

  private static Map<Long, byte[]> keys() {
    Map<Long, byte[]> keys = new HashMap<>();
    for (Map<String, String> row : table("modules.csv")) {
      if (!row.get("key_hex").isEmpty()) {
        keys.put(Long.parseLong(row.get("imei")), HexFormat.of().parseHex(row.get("key_hex")));
      }
    }
    return keys;
  }

  /** The modules of the figures, in the order of modules.csv. */
  public static List<RecordedModule> all() {
    Map<String, List<Reading>> byImei = new HashMap<>();
    for (Map<String, String> row : table("readings.csv")) {
      byImei.computeIfAbsent(row.get("imei"), imei -> new ArrayList<>()).add(reading(row));
    }
    List<RecordedModule> modules = new ArrayList<>();
    for (Map<String, String> row : table("modules.csv")) {
      List<Reading> records = byImei.get(row.get("imei"));
      if (records != null) {
        modules.add(new RecordedModule(identity(row), records, true));
      } else if (row.get("source").startsWith("fig")) {
        modules.add(new RecordedModule(identity(row), List.of(state(row)), false));
      }
    }
    return modules;
  }

  private static ModuleIdentity identity(Map<String, String> row) {
    return new ModuleIdentity(
        row.get("imei").isEmpty() ? 0 : Long.parseLong(row.get("imei")),
        Long.parseLong(row.get("serial")),
        number(row, "model"),
        number(row, "firmware"),
        row.get("iccid"));
  }

  private static Reading reading(Map<String, String> row) {
    return new Reading(
        number(row, "record_number"),
        time(row.get("module_time")),
        time(row.get("meter_time")),
        Double.parseDouble(row.get("reading_m3")),
        Float.parseFloat(row.get("resource_percent")),
        Float.parseFloat(row.get("temperature_c")),
        Float.parseFloat(row.get("battery_v")),
        number(row, "measurement_errors"),
        number(row, "temperature_errors"),
        number(row, "control_errors"),
        number(row, "calibration_errors"),
        number(row, "hardware_errors"),
        number(row, "status"),
        number(row, "rssi_dbm"),
        number(row, "band"),
        number(row, "period_min"),
        number(row, "sessions_total"),
        number(row, "sessions_day"));
  }

  /**
   * The one record of a module of which only the fleet's table is known: figure 4, third row
   * (module's clock 11:00:42, temperature 22.98, battery 3.61), the rest from modules.csv. A
   * made-up device has the same beginning.
   */
  private static Reading state(Map<String, String> row) {
    return new Reading(
        number(row, "sessions_total"),
        time("2021-02-15T11:00:42+03:00"),
        time("2021-02-15T11:00:00+03:00"),
        decimal(row, "reading_m3"),
        (float) decimal(row, "resource_percent"),
        22.98f,
        3.61f,
        0,
        0,
        0,
        0,
        0,
        VirtualMeter.SLICE,
        number(row, "rssi_dbm"),
        number(row, "band"),
        number(row, "period_min"),
        number(row, "sessions_total"),
        number(row, "sessions_day"));
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column));
  }

  private static double decimal(Map<String, String> row, String column) {
    String text = row.get(column);
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  private static long time(String text) {
    return OffsetDateTime.parse(text).toEpochSecond();
  }

  /** Rows by column name; a quoted field may hold commas. */
  private static List<Map<String, String>> table(String file) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                RecordedModule.class.getResourceAsStream("/recorded/" + file),
                StandardCharsets.UTF_8))) {
      List<String> lines = in.lines().toList();
      List<String> names = fields(lines.get(0));
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        List<String> fields = fields(line);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
          row.put(names.get(i), fields.get(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
