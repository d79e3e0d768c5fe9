package org.kvantenergo.web.monitoring;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.ErrorMasks;
import org.kvantenergo.web.export.Column;
import org.kvantenergo.web.export.Field;
import org.kvantenergo.web.format.Status;

/** Columns that several of the exported tables have, and their words. */
final class ExportWords {

  private static final int MASKS = 5;

  private final ResourceBundle texts;

  ExportWords(Locale locale) {
    texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
  }

  /** A text of the pages. */
  String text(String key) {
    return texts.getString(key);
  }

  /** A text with its values; texts and not numbers, which would be formatted. */
  String text(String key, Object... values) {
    return new MessageFormat(texts.getString(key), Locale.ROOT).format(values);
  }

  /** In which order rows stand. */
  String order(DeviceOrder order) {
    return order.keys().stream()
        .map(
            by ->
                text(key(by.key()))
                    + " "
                    + text(by.ascending() ? "sort.ascending" : "sort.descending"))
        .collect(Collectors.joining(", "));
  }

  private static String key(DeviceOrder.Key key) {
    return key == DeviceOrder.Key.COMMISSIONED
        ? "filter.commissioned"
        : ModuleColumn.valueOf(key.name()).text();
  }

  /** A column with the header that stands among the texts. */
  <R> Field<R> field(String name, String key, Column.Type type, int width, Field.Value<R> value) {
    return new Field<>(Column.of(name, text(key), type, width), value);
  }

  /** A number of which workbook and paper show two decimals, as the page does. */
  <R> Field<R> fixed(String name, String key, int width, Field.Value<R> value) {
    return new Field<>(new Column(name, text(key), Column.Type.DECIMAL, width, 2), value);
  }

  /** «№»: the place in the file. */
  <R> Field<R> number() {
    return field("number", "col.number", Column.Type.INTEGER, 7, (row, number) -> number);
  }

  /**
   * From a row to its status word.
   *
   * @param <R> the row
   */
  interface Word<R> {
    /** Null if it has none. */
    Integer of(R row);
  }

  /** The status word and what its bits mean. */
  <R> List<Field<R>> status(Word<R> word) {
    return List.of(
        field(
            "status",
            "full.status",
            Column.Type.INTEGER,
            6,
            (row, number) -> word.of(row) == null ? null : Long.valueOf(word.of(row))),
        field(
            "statusMeaning",
            "export.col.statusMeaning",
            Column.Type.TEXT,
            14,
            (row, number) -> word.of(row) == null ? null : meaning(word.of(row))));
  }

  private String meaning(int word) {
    Status status = Status.of(word);
    List<String> keys = new ArrayList<>();
    if (!status.quiet().isEmpty()) {
      keys.add(status.quiet());
    }
    keys.addAll(status.alerts());
    return joined(keys);
  }

  /** Texts with commas between them; null for none. */
  String joined(List<String> keys) {
    return keys.isEmpty() ? null : String.join(", ", keys.stream().map(this::text).toList());
  }

  /** One of the five masks. */
  static Long mask(ErrorMasks errors, int which) {
    return errors == null
        ? null
        : Long.valueOf(
            switch (which) {
              case 0 -> errors.measurement();
              case 1 -> errors.temperature();
              case 2 -> errors.control();
              case 3 -> errors.calibration();
              default -> errors.hardware();
            });
  }

  /**
   * From a row to its masks.
   *
   * @param <R> the row
   */
  interface Masks<R> {
    /** Null if it has none. */
    ErrorMasks of(R row);
  }

  /** One of the five columns of masks. */
  <R> Field<R> mask(int which, Masks<R> masks) {
    String[] names = {"measurement", "temperature", "control", "calibration", "hardware"};
    return field(
        names[which] + "Errors",
        "full.errors." + which,
        Column.Type.INTEGER,
        7,
        (row, number) -> mask(masks.of(row), which));
  }

  /** All five. */
  <R> List<Field<R>> masks(Masks<R> masks) {
    List<Field<R>> fields = new ArrayList<>(MASKS);
    for (int i = 0; i < MASKS; i++) {
      fields.add(mask(i, masks));
    }
    return fields;
  }

  /** What else the page shows of a row, in words. */
  <R> Field<R> notes(Field.Value<R> value) {
    return field("notes", "export.col.notes", Column.Type.TEXT, 26, value);
  }
}
