package org.kvantenergo.registry.lists.internal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListError;
import org.kvantenergo.registry.lists.Problem;

/** From texts to values, with an error for every cell that cannot be one. */
final class LineParser {

  private final Map<Column, Integer> places;
  private final int width;
  private final Consumer<ListError> errors;

  /**
   * Takes the first line.
   *
   * @throws RefusedFile if it is not the form's
   */
  LineParser(RawLine header, Consumer<ListError> errors) throws RefusedFile {
    this.places = places(header);
    this.width = header.cells().size();
    this.errors = errors;
  }

  private static Map<Column, Integer> places(RawLine header) throws RefusedFile {
    Map<Column, Integer> places = new EnumMap<>(Column.class);
    for (int i = 0; i < header.cells().size(); i++) {
      String name = header.cells().get(i).text();
      if (name.isEmpty()) {
        continue;
      }
      Column column =
          Column.of(name)
              .orElseThrow(
                  () ->
                      new RefusedFile(
                          Problem.COLUMN_UNKNOWN, header.number(), LineValues.cut(name)));
      if (places.put(column, i) != null) {
        throw new RefusedFile(Problem.COLUMN_TWICE, header.number(), LineValues.cut(name));
      }
    }
    for (Column column : Column.REQUIRED) {
      if (!places.containsKey(column)) {
        throw new RefusedFile(Problem.COLUMN_MISSING, header.number(), column.name());
      }
    }
    return places;
  }

  /** A line; what its errors are has been told by then. */
  Line parse(RawLine raw) {
    LineValues values = new LineValues(places, raw, errors);
    for (int i = width; i < raw.cells().size(); i++) {
      if (!raw.cells().get(i).text().isEmpty()) {
        values.error(null, Problem.TOO_MANY_CELLS, raw.cells().get(i).text());
        break;
      }
    }
    String[] names = new String[Column.ADDRESS.size()];
    String[] addresses = new String[names.length];
    String address = null;
    for (int i = 0; i < names.length; i++) {
      Column column = Column.ADDRESS.get(i);
      names[i] = values.text(column, 100);
      if (names[i] != null) {
        address = (address == null ? "" : address + ", ") + label(column, names[i]);
        addresses[i] = address;
      }
    }
    String place = values.text(Column.PLACE, 100);
    LocalDateTime installed = values.time(Column.INSTALLED);
    BigDecimal firstReading = values.reading(Column.FIRST_READING);
    BigDecimal lastReading = values.reading(Column.LAST_READING);
    LocalDate verified = values.day(Column.VERIFIED);
    LocalDate due = values.day(Column.DUE);
    together(values, Column.VERIFIED, verified, Column.DUE, due);
    if (verified != null && due != null && !due.isAfter(verified)) {
      values.error(Column.DUE, Problem.BEFORE_START, values.shown(Column.DUE));
    }
    String account = values.text(Column.ACCOUNT, 50);
    String holder = values.text(Column.HOLDER, 200);
    LocalDate since = values.day(Column.SINCE);
    if (account == null && (holder != null || since != null)) {
      values.error(Column.ACCOUNT, Problem.MISSING, "");
    }
    Long module = values.serial();
    LocalDateTime fitted = values.time(Column.FITTED);
    if (module == null && fitted != null && values.shown(Column.MODULE).isEmpty()) {
      values.error(Column.MODULE, Problem.MISSING, "");
    }
    String zone = values.zone();
    UUID guid = values.guid();
    for (Column column :
        List.of(
            Column.PLACE,
            Column.ACCOUNT,
            Column.GUID,
            Column.ZONE,
            Column.INSTALLED,
            Column.FIRST_READING,
            Column.LAST_READING)) {
      if (address == null && !values.shown(column).isEmpty()) {
        values.error(column, Problem.ADDRESS_MISSING, values.shown(column));
      }
    }
    String resource = values.resource();
    String type = values.required(Column.TYPE, 100);
    String serial = values.required(Column.SERIAL, 50);
    BigDecimal capacity = values.capacity();
    Integer diameter = values.diameter();
    String seals = values.seals();
    return new Line(
        raw.number(),
        names,
        addresses,
        address,
        zone,
        guid,
        resource,
        place,
        type,
        serial,
        capacity,
        diameter,
        installed,
        firstReading,
        lastReading,
        verified,
        due,
        seals,
        module,
        fitted,
        account,
        holder,
        since,
        values.bad());
  }

  /** As the base writes it: {@code site_label}. */
  private static String label(Column column, String name) {
    return switch (column) {
          case HOUSE -> "д. ";
          case ENTRANCE -> "подъезд ";
          case FLAT -> "кв. ";
          default -> "";
        }
        + name;
  }

  private static void together(
      LineValues values, Column one, Object first, Column other, Object second) {
    if (first == null && second != null && values.shown(one).isEmpty()) {
      values.error(one, Problem.MISSING, "");
    }
    if (second == null && first != null && values.shown(other).isEmpty()) {
      values.error(other, Problem.MISSING, "");
    }
  }
}
