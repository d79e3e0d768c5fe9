package org.kvantenergo.registry.lists.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListError;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;

/**
 * Puts lines and errors into the staging tables, an array a column. For one list and one thread.
 */
final class Staging {

  private static final int CHUNK = 2000;

  /** Stored at most of what cells by themselves say; the rest is counted. */
  private static final int MAX_ERRORS = 500_000;

  private static final String LINES =
      """
      insert into meter_list_line (list_id, line, n1, n2, n3, n4, n5, n6, n7, a1, a2, a3, a4, a5, a6, a7,
        address, zone, guid, resource, place, type, serial, capacity, diameter, installed, first_reading,
        last_reading, verified, due, seals, module, fitted, account, holder, since, bad)
      select %d, n.line, n.n1, n.n2, n.n3, n.n4, n.n5, n.n6, n.n7, n.a1, n.a2, n.a3, n.a4, n.a5, n.a6, n.a7,
        n.address, n.zone, n.guid::uuid, n.resource, n.place, n.type, n.serial, n.capacity::numeric,
        n.diameter, n.installed::timestamp, n.first_reading::numeric, n.last_reading::numeric, n.verified::date, n.due::date, n.seals, n.module,
        n.fitted::timestamp, n.account, n.holder, n.since::date, n.bad
      from unnest(?::int[], %s?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
        ?::text[], ?::text[], ?::boolean[])
      as n(line, n1, n2, n3, n4, n5, n6, n7, a1, a2, a3, a4, a5, a6, a7, address, zone, guid, resource, place,
        type, serial, capacity, diameter, installed, first_reading, last_reading, verified, due, seals, module,
        fitted, account, holder, since, bad)
      """;

  private static final String ERRORS =
      """
      insert into meter_list_error (list_id, line, column_name, code, value)
      select ?, n.* from unnest(?::int[], ?::text[], ?::text[], ?::text[]) as n
      """;

  private final DataSource dataSource;
  private final ListId list;
  private final List<Line> lines = new ArrayList<>(CHUNK);
  private final List<ListError> errors = new ArrayList<>();
  private int lineCount;
  private int errorCount;

  Staging(DataSource dataSource, ListId list) {
    this.dataSource = dataSource;
    this.list = list;
  }

  void line(Line line) {
    lines.add(line);
    lineCount++;
    if (lines.size() == CHUNK) {
      flush();
    }
  }

  void error(ListError error) {
    if (errorCount++ < MAX_ERRORS) {
      errors.add(error);
    }
  }

  int lines() {
    return lineCount;
  }

  /** Errors that are not stored. */
  int unstored() {
    return Math.max(0, errorCount - MAX_ERRORS);
  }

  void flush() {
    try (Connection connection = dataSource.getConnection()) {
      if (!lines.isEmpty()) {
        String sql = LINES.formatted(list.value(), "?::text[], ".repeat(14));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          bind(new Columns<>(statement, lines));
          statement.executeUpdate();
        }
      }
      if (!errors.isEmpty()) {
        try (PreparedStatement statement = connection.prepareStatement(ERRORS)) {
          bindErrors(statement);
          statement.executeUpdate();
        }
      }
      lines.clear();
      errors.clear();
    } catch (SQLException e) {
      throw new DatabaseException("staging list " + list.value(), e);
    }
  }

  private static void bind(Columns<Line> c) throws SQLException {
    c.ints(Line::number);
    for (int i = 0; i < Column.ADDRESS.size(); i++) {
      int level = i;
      c.texts(line -> line.names()[level]);
    }
    for (int i = 0; i < Column.ADDRESS.size(); i++) {
      int level = i;
      c.texts(line -> line.addresses()[level]);
    }
    c.texts(Line::address);
    c.texts(Line::zone);
    c.texts(text(Line::guid));
    c.texts(Line::resource);
    c.texts(Line::place);
    c.texts(Line::type);
    c.texts(Line::serial);
    c.texts(text(Line::capacity));
    c.intsOrNull(Line::diameter);
    c.texts(text(Line::installed));
    c.texts(text(Line::firstReading));
    c.texts(text(Line::lastReading));
    c.texts(text(Line::verified));
    c.texts(text(Line::due));
    c.texts(Line::seals);
    c.longsOrNull(Line::module);
    c.texts(text(Line::fitted));
    c.texts(Line::account);
    c.texts(Line::holder);
    c.texts(text(Line::since));
    c.booleansOrNull(Line::bad);
  }

  private static Function<Line, String> text(Function<Line, ?> value) {
    return line -> Objects.toString(value.apply(line), null);
  }

  private void bindErrors(PreparedStatement statement) throws SQLException {
    statement.setLong(1, list.value());
    statement.setObject(2, errors.stream().mapToInt(ListError::line).toArray());
    statement.setObject(
        3,
        errors.stream()
            .map(e -> e.column() == null ? "" : e.column().name())
            .toArray(String[]::new));
    statement.setObject(4, errors.stream().map(e -> e.problem().name()).toArray(String[]::new));
    statement.setObject(5, errors.stream().map(ListError::value).toArray(String[]::new));
  }
}
