package org.kvantenergo.web.export;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A workbook, written sheet by sheet as rows come. Texts stand in their cells and not in a table of
 * their own at the end, which would hold all of them until then.
 */
final class XlsxWriter implements TableWriter {

  /** More rows do not fit on a sheet, below its header. */
  static final int ROWS_OF_A_SHEET = 1_048_575;

  private static final int FLUSHED = 200;
  private static final int LONGEST_TEXT = 32_767;
  private static final int LONGEST_NAME = 31;
  private static final int WIDEST = 60;
  // Deflating harder takes twice the time for a tenth of the size.
  private static final int COMPRESSION = 1;

  private final Heading heading;
  private final List<Column> columns;
  private final int rowsOfASheet;
  private final Workbook book;
  private Worksheet sheet;
  private int sheets;
  private int row;

  XlsxWriter(Heading heading, List<Column> columns, OutputStream out) {
    this(heading, columns, out, ROWS_OF_A_SHEET);
  }

  XlsxWriter(Heading heading, List<Column> columns, OutputStream out, int rowsOfASheet) {
    this.heading = heading;
    this.columns = columns;
    this.rowsOfASheet = rowsOfASheet;
    book = new Workbook(out, "Kvant-Energo", "1.0");
    book.setCompressionLevel(COMPRESSION);
    book.properties().setTitle(Markup.clean(heading.title()));
  }

  @Override
  public void begin(long rows) {
    newSheet();
  }

  private void newSheet() {
    sheets++;
    sheet = book.newWorksheet(name());
    sheet.freezePane(0, 1);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      sheet.width(i, Math.min(WIDEST, column.width() + 3));
      sheet.inlineString(0, i, Markup.clean(Texts.header(column, heading)));
      sheet.style(0, i).bold().wrapText(true).verticalAlignment("top").set();
    }
    row = 1;
  }

  private String name() {
    String number = sheets == 1 ? "" : " (" + sheets + ")";
    String bare = Markup.clean(heading.title()).replaceAll("[\\[\\]:*?/\\\\'\t\r\n]", " ").strip();
    int length = LONGEST_NAME - number.length();
    return (bare.length() > length ? bare.substring(0, length) : bare) + number;
  }

  @Override
  public void row(Object[] values) throws IOException {
    if (row > rowsOfASheet) {
      endSheet();
      newSheet();
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        cell(i, values[i]);
      }
    }
    row++;
    if (row % FLUSHED == 0) {
      sheet.flush();
    }
  }

  private void cell(int column, Object value) {
    if (value instanceof Instant at) {
      sheet.value(row, column, LocalDateTime.ofInstant(at, heading.zone()));
      sheet.style(row, column).format("dd.mm.yyyy hh:mm:ss").set();
    } else if (value instanceof Long number) {
      sheet.value(row, column, number);
    } else if (value instanceof Number number) {
      decimal(column, number);
    } else {
      text(column, (String) value);
    }
  }

  private void decimal(int column, Number value) {
    BigDecimal exact = Texts.exact(value);
    if (exact == null) {
      text(column, Texts.special(value.doubleValue()));
      return;
    }
    sheet.value(row, column, exact);
    int decimals = columns.get(column).decimals();
    if (decimals > 0) {
      sheet.style(row, column).format("0." + "0".repeat(decimals)).set();
    }
  }

  // What is a text by its cell is none any more when somebody edits it, unless its format says so
  // too.
  private void text(int column, String value) {
    String clean = Markup.clean(value);
    String fits = clean.length() > LONGEST_TEXT ? clean.substring(0, LONGEST_TEXT) : clean;
    if (fits.isEmpty()) {
      return;
    }
    sheet.inlineString(row, column, fits);
    if (Formulas.isOne(fits) || Character.isDigit(fits.charAt(0))) {
      sheet.style(row, column).format("@").set();
    }
  }

  private void endSheet() throws IOException {
    sheet.setAutoFilter(0, 0, Math.max(1, row - 1), columns.size() - 1);
    sheet.finish();
  }

  @Override
  public void end() throws IOException {
    endSheet();
    book.finish();
  }
}
