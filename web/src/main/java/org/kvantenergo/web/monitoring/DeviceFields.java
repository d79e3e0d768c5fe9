package org.kvantenergo.web.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kvantenergo.reading.Mark;
import org.kvantenergo.reading.ReadingRow;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.web.export.Column;
import org.kvantenergo.web.export.Field;
import org.kvantenergo.web.format.Identifier;

/** The columns of the two lower tables in a file. */
final class DeviceFields {

  /** Stands where somebody may not read. */
  static final String MASKED = "•••";

  private final ExportWords words;

  DeviceFields(ExportWords words) {
    this.words = words;
  }

  /** «Переданные показания»: numbers as they were sent. */
  List<Field<ReadingRow>> records() {
    List<Field<ReadingRow>> fields = new ArrayList<>();
    fields.add(words.number());
    fields.add(record("received", "full.received", Column.Type.TIME, 17, ReadingRow::receivedAt));
    fields.add(record("resource", "full.resource", Column.Type.DECIMAL, 9, ReadingRow::resource));
    fields.add(record("moduleTime", "full.module", Column.Type.TIME, 17, ReadingRow::moduleTime));
    fields.add(record("meterTime", "full.meter", Column.Type.TIME, 17, ReadingRow::meterTime));
    fields.addAll(words.masks(ReadingRow::errors));
    fields.add(
        record(
            "temperature", "full.temperature", Column.Type.DECIMAL, 10, ReadingRow::temperature));
    fields.add(record("reading", "full.reading", Column.Type.DECIMAL, 12, ReadingRow::reading));
    fields.add(record("battery", "full.battery", Column.Type.DECIMAL, 10, ReadingRow::battery));
    fields.addAll(words.status(ReadingRow::status));
    fields.add(
        record("protocol", "full.protocol", Column.Type.INTEGER, 6, r -> (long) r.protocol()));
    fields.add(record("model", "full.model", Column.Type.INTEGER, 6, r -> (long) r.model()));
    fields.add(words.notes((row, number) -> notes(row)));
    return fields;
  }

  private Field<ReadingRow> record(
      String name, String key, Column.Type type, int width, Function<ReadingRow, Object> value) {
    return words.field(name, key, type, width, (row, number) -> value.apply(row));
  }

  private String notes(ReadingRow row) {
    List<String> keys = new ArrayList<>();
    if (row.marks().contains(Mark.CLOCK)) {
      keys.add("mark.clock");
    }
    if ((row.status() & 1) == 0) {
      keys.add("mark.invalid");
    } else if (row.marks().contains(Mark.READING)) {
      keys.add("mark.reading");
    }
    if (row.fell()) {
      keys.add("mark.fell");
    }
    if (row.marks().contains(Mark.CONFLICT)) {
      keys.add("mark.conflict");
    }
    return words.joined(keys);
  }

  /**
   * «Расширенная информация».
   *
   * @param secrets whether logins and passwords are to be read
   */
  List<Field<SessionRow>> sessions(boolean secrets) {
    List<Field<SessionRow>> fields = new ArrayList<>();
    fields.add(words.number());
    fields.add(
        words.field(
            "received", "full.received", Column.Type.TIME, 17, (row, n) -> row.receivedAt()));
    fields.add(words.field("iccid", "full.iccid", Column.Type.TEXT, 19, (row, n) -> row.iccid()));
    fields.add(info("contractDay", "full.contractDay", SessionRow.Info::contractDay));
    fields.add(info("contractHour", "full.contractHour", SessionRow.Info::contractHour));
    fields.add(info("period", "full.exchange", SessionRow.Info::periodMinutes));
    fields.add(
        words.field(
            "access",
            "full.access",
            Column.Type.TEXT,
            30,
            (row, n) -> row.info() == null ? null : secrets ? access(row.info()) : MASKED));
    fields.add(info("rssi", "full.rssi", SessionRow.Info::rssi));
    fields.add(info("errorCount", "export.col.errors", SessionRow.Info::errorCount));
    fields.add(
        words.field(
            "errorShare",
            "export.col.errorShare",
            Column.Type.DECIMAL,
            9,
            (row, n) -> row.errorShare()));
    fields.add(
        words.field(
            "serial",
            "full.serial",
            Column.Type.TEXT,
            12,
            (row, n) -> Identifier.serial(row.serial()).text()));
    fields.add(
        words.notes(
            (row, n) -> row.info() != null && row.info().odd() ? words.text("mark.odd") : null));
    return fields;
  }

  private static String access(SessionRow.Info info) {
    return String.join(",", info.apn(), info.login(), info.password());
  }

  private Field<SessionRow> info(
      String name, String key, Function<SessionRow.Info, Integer> value) {
    return words.field(
        name,
        key,
        Column.Type.INTEGER,
        8,
        (row, n) -> row.info() == null ? null : (Object) value.apply(row.info()).longValue());
  }
}
