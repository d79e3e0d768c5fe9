package org.kvantenergo.registry.lists.internal;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListExport.Format;

/** A file that is being written. Closing ends the file and leaves the stream open. */
abstract class ListWriter implements Closeable {

  private static final List<Column> COLUMNS = List.of(Column.values());

  private static final Map<String, String> RUSSIAN =
      Map.of(
          "COLD_WATER", "Холодная вода",
          "HOT_WATER", "Горячая вода",
          "HEAT", "Тепло",
          "GAS", "Газ",
          "ELECTRICITY", "Электроэнергия");
  private static final Map<String, String> ENGLISH =
      Map.of(
          "COLD_WATER", "Cold water",
          "HOT_WATER", "Hot water",
          "HEAT", "Heat",
          "GAS", "Gas",
          "ELECTRICITY", "Electricity");

  static ListWriter of(Format format, Locale locale, OutputStream out) throws IOException {
    Map<String, String> resources = locale.getLanguage().equals("en") ? ENGLISH : RUSSIAN;
    return switch (format) {
      case XLSX -> new Xlsx(locale, resources, out);
      case CSV -> new Csv(locale, resources, out);
    };
  }

  private final Map<String, String> resources;

  ListWriter(Map<String, String> resources) {
    this.resources = resources;
  }

  /** Values by column; null where nothing stands. */
  void line(Object[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null || "".equals(value)) {
        blank();
      } else if (COLUMNS.get(i) == Column.RESOURCE) {
        text(resources.get(value.toString()));
      } else if (value instanceof Timestamp time) {
        time(time.toLocalDateTime());
      } else if (value instanceof Date day) {
        day(day.toLocalDate());
      } else if (value instanceof BigDecimal number) {
        number(number.stripTrailingZeros());
      } else if (value instanceof Integer number) {
        number(BigDecimal.valueOf(number));
      } else {
        // Serial numbers are names, not numbers: a spreadsheet would round long ones.
        text(value.toString());
      }
    }
    end();
  }

  abstract void blank() throws IOException;

  abstract void text(String text) throws IOException;

  abstract void number(BigDecimal number) throws IOException;

  abstract void time(LocalDateTime time) throws IOException;

  abstract void day(LocalDate day) throws IOException;

  abstract void end() throws IOException;

  /** A workbook. */
  private static final class Xlsx extends ListWriter {

    private static final int FLUSHED = 500;
    private static final int DAYS_WIDE = 16;

    private final Workbook book;
    private final Worksheet sheet;
    private int row;
    private int column;

    Xlsx(Locale locale, Map<String, String> resources, OutputStream out) {
      super(resources);
      book = new Workbook(out, "Kvant-Energo", "1.0");
      sheet = book.newWorksheet(locale.getLanguage().equals("en") ? "Meters" : "Счётчики");
      sheet.freezePane(0, 1);
      for (Column c : COLUMNS) {
        sheet.width(column, Math.max(DAYS_WIDE, c.header(locale).length() + 2));
        sheet.value(0, column, c.header(locale));
        sheet.style(0, column++).bold().set();
      }
      column = 0;
      row = 1;
    }

    @Override
    void blank() {
      column++;
    }

    @Override
    void text(String text) {
      sheet.value(row, column++, text);
    }

    @Override
    void number(BigDecimal number) {
      sheet.value(row, column++, number);
    }

    @Override
    void time(LocalDateTime time) {
      sheet.style(row, column).format("dd.mm.yyyy hh:mm:ss").set();
      sheet.value(row, column++, time);
    }

    @Override
    void day(LocalDate day) {
      sheet.style(row, column).format("dd.mm.yyyy").set();
      sheet.value(row, column++, day);
    }

    @Override
    void end() throws IOException {
      row++;
      column = 0;
      if (row % FLUSHED == 0) {
        sheet.flush();
      }
    }

    @Override
    public void close() throws IOException {
      book.finish();
    }
  }

  /** Text. */
  private static final class Csv extends ListWriter {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm");
    private static final DateTimeFormatter EXACT =
        DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss");
    private static final String FORMULAS = "=+-@";

    private final Writer out;
    private boolean begun;

    Csv(Locale locale, Map<String, String> resources, OutputStream stream) throws IOException {
      super(resources);
      out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
      // Without it a spreadsheet takes the file for CP1251.
      out.write('\uFEFF');
      for (Column column : COLUMNS) {
        text(column.header(locale));
      }
      end();
    }

    @Override
    void blank() throws IOException {
      if (begun) {
        out.write(';');
      }
      begun = true;
    }

    @Override
    void text(String text) throws IOException {
      blank();
      String safe = FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
      boolean quoted = safe.chars().anyMatch(c -> c == ';' || c == '"' || c == '\n' || c == '\r');
      out.write(quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe);
    }

    @Override
    void number(BigDecimal number) throws IOException {
      blank();
      out.write(number.toPlainString().replace('.', ','));
    }

    @Override
    void time(LocalDateTime time) throws IOException {
      blank();
      LocalTime clock = time.toLocalTime();
      out.write(
          (clock.equals(LocalTime.MIDNIGHT) ? DAY : clock.getSecond() == 0 ? TIME : EXACT)
              .format(time));
    }

    @Override
    void day(LocalDate day) throws IOException {
      blank();
      out.write(DAY.format(day));
    }

    @Override
    void end() throws IOException {
      out.write("\r\n");
      begun = false;
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
