package org.kvantenergo.web.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** A table with what is hard to write. */
final class Example {

  static final Instant AT = Instant.parse("2026-11-30T11:05:09Z");
  static final Locale RUSSIAN = Locale.forLanguageTag("ru");

  static final List<Column> COLUMNS =
      List.of(
          Column.of("number", "№", Column.Type.INTEGER, 6),
          Column.of("imei", "IMEI", Column.Type.TEXT, 15),
          new Column("reading", "Показания, м³", Column.Type.DECIMAL, 12, 2),
          Column.of("temperature", "Температура, °C", Column.Type.DECIMAL, 8),
          Column.of("received", "Время получения пакета", Column.Type.TIME, 19),
          Column.of("comment", "Комментарий", Column.Type.TEXT, 30));

  static final String CLEF = "\uD834\uDD1E";

  static final List<String> COMMENTS =
      List.of(
          "=1+1",
          "+7 800",
          "-5",
          "@SUM(A1)",
          "\t=1",
          "\r=1",
          "a\"b;c,d\ne",
          "<script>&amp;",
          "\u0001\u000B\uFFFE\uD800x",
          CLEF);

  static final List<Object[]> ROWS =
      java.util.stream.IntStream.range(0, COMMENTS.size())
          .mapToObj(
              i ->
                  new Object[] {
                    i - 1L,
                    "869696040000123",
                    i == 1 ? (Object) Double.NaN : i == 2 ? Double.NEGATIVE_INFINITY : 1234567.125,
                    i == 3 ? null : (Object) (-3.6f),
                    AT,
                    COMMENTS.get(i)
                  })
          .toList();

  private Example() {}

  static Heading heading(Locale locale) {
    return new Heading(
        "modules",
        "Модули 642M_MTS",
        "Группа: <642M> & \"все\"",
        AT,
        ZoneId.of("Europe/Moscow"),
        locale,
        false);
  }

  static byte[] written(Format format, Locale locale) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(format.writer(heading(locale), COLUMNS, out));
    return out.toByteArray();
  }

  static void write(TableWriter writer) throws IOException {
    writer.begin(ROWS.size());
    for (Object[] row : ROWS) {
      writer.row(row);
    }
    writer.end();
  }
}
