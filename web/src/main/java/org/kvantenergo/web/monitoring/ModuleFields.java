package org.kvantenergo.web.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.web.export.Column;
import org.kvantenergo.web.export.Field;
import org.kvantenergo.web.format.Identifier;

/** The columns of the upper table in a file. */
final class ModuleFields {

  private final ExportWords words;
  private final Lines lines;

  ModuleFields(ExportWords words, Lines lines) {
    this.words = words;
    this.lines = lines;
  }

  /** Those that are shown, in their order, between the number and the notes. */
  List<Field<DeviceRow>> of(List<ModuleColumn> shown) {
    List<Field<DeviceRow>> fields = new ArrayList<>();
    fields.add(words.number());
    shown.forEach(column -> fields.addAll(of(column)));
    fields.add(words.notes((row, number) -> words.joined(notes(row))));
    return fields;
  }

  /** What the page says by signs and colours, but for the errors, which have columns. */
  private List<String> notes(DeviceRow row) {
    DeviceRow.Contact contact = row.contact();
    if (contact == null) {
      return List.of();
    }
    ModuleLine.Signs signs = lines.signs(contact);
    List<String> keys = new ArrayList<>();
    add(keys, "sign.silence.", signs.silence());
    add(keys, "sign.battery.", signs.battery());
    add(keys, "sign.mode.", signs.mode());
    if (row.readingFell()) {
      keys.add("mark.fell");
    }
    if (Lines.moduleOff(contact) || Lines.meterOff(contact)) {
      keys.add("mark.clockOff");
    }
    return keys;
  }

  private static void add(List<String> keys, String sign, String severity) {
    if (!severity.isEmpty()) {
      keys.add(sign + severity);
    }
  }

  private List<Field<DeviceRow>> of(ModuleColumn c) {
    return switch (c) {
      case IMEI ->
          List.of(
              text(
                  "imei",
                  c,
                  15,
                  row -> row.imei() == 0 ? null : Identifier.imei(row.imei()).text()));
      case SERIAL -> List.of(text("serial", c, 12, row -> Identifier.serial(row.serial()).text()));
      case READING -> List.of(words.fixed("reading", c.text(), 10, (row, number) -> row.reading()));
      case RESOURCE -> List.of(decimal("resource", c, DeviceRow.Contact::resource));
      case RECEIVED -> List.of(time("received", c, DeviceRow.Contact::receivedAt));
      case MODULE_TIME -> List.of(time("moduleTime", c, DeviceRow.Contact::moduleTime));
      case METER_TIME -> List.of(time("meterTime", c, DeviceRow.Contact::meterTime));
      case MEASUREMENT_ERRORS -> List.of(mask(0));
      case TEMPERATURE_ERRORS -> List.of(mask(1));
      case CONTROL_ERRORS -> List.of(mask(2));
      case CALIBRATION_ERRORS -> List.of(mask(3));
      case HARDWARE_ERRORS -> List.of(mask(4));
      case TEMPERATURE -> List.of(decimal("temperature", c, DeviceRow.Contact::temperature));
      case BATTERY -> List.of(decimal("battery", c, DeviceRow.Contact::battery));
      case RSSI -> List.of(whole("rssi", c, DeviceRow.Contact::rssi));
      case PERIOD -> List.of(whole("period", c, DeviceRow.Contact::periodMinutes));
      case BAND -> List.of(whole("band", c, DeviceRow.Contact::band));
      case SESSIONS -> List.of(whole("sessions", c, DeviceRow.Contact::sessionsTotal));
      case SESSIONS_DAY -> List.of(whole("sessionsDay", c, DeviceRow.Contact::sessionsDay));
      case PROTOCOL ->
          List.of(integer("protocol", c, row -> row.protocol() == 0 ? null : row.protocol()));
      case MODEL -> List.of(integer("model", c, DeviceRow::model));
      case DAYS -> List.of(integer("days", c, DeviceRow::daysInService));
      case COMMENT -> List.of(text("comment", c, 24, DeviceRow::comment));
      case ICCID -> List.of(text("iccid", c, 18, DeviceRow::iccid));
      case STATUS -> words.status(row -> row.contact() == null ? null : row.contact().status());
      case IDX -> List.of(integer("idx", c, row -> row.id().value()));
      case GROUP -> List.of(text("group", c, 14, DeviceRow::group));
    };
  }

  private Field<DeviceRow> text(
      String name, ModuleColumn c, int width, Function<DeviceRow, String> value) {
    return words.field(
        name,
        c.text(),
        Column.Type.TEXT,
        width,
        (row, number) -> {
          String text = value.apply(row);
          return text == null || text.isEmpty() ? null : text;
        });
  }

  private Field<DeviceRow> integer(String name, ModuleColumn c, Function<DeviceRow, Number> value) {
    return words.field(
        name,
        c.text(),
        Column.Type.INTEGER,
        8,
        (row, number) -> {
          Number known = value.apply(row);
          return known == null ? null : (Object) known.longValue();
        });
  }

  private Field<DeviceRow> whole(
      String name, ModuleColumn c, Function<DeviceRow.Contact, Number> value) {
    return integer(name, c, row -> row.contact() == null ? null : value.apply(row.contact()));
  }

  private Field<DeviceRow> decimal(
      String name, ModuleColumn c, Function<DeviceRow.Contact, Float> value) {
    return words.fixed(
        name,
        c.text(),
        7,
        (row, number) -> row.contact() == null ? null : value.apply(row.contact()));
  }

  private Field<DeviceRow> time(
      String name, ModuleColumn c, Function<DeviceRow.Contact, Object> value) {
    return words.field(
        name,
        c.text(),
        Column.Type.TIME,
        17,
        (row, number) -> row.contact() == null ? null : value.apply(row.contact()));
  }

  private Field<DeviceRow> mask(int which) {
    return words.mask(which, row -> row.contact() == null ? null : row.contact().errors());
  }
}
