package org.kvantenergo.web.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lines of values (RFC 4180). CSV is for spreadsheets: as the viewer's language has them, with a
 * mark at its beginning without which they take UTF-8 for the system's page. TSV is for programs:
 * decimal point, times with their offset, no tab and no line end inside a value.
 */
final class DelimitedWriter implements TableWriter {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER = 1 << 14;

  private final Heading heading;
  private final List<Column> columns;
  private final Texts texts;
  private final Writer out;
  private final CsvWriter lines;
  private final boolean tabs;

  private DelimitedWriter(
      Heading heading, List<Column> columns, Texts texts, char separator, OutputStream out) {
    this.heading = heading;
    this.columns = columns;
    this.texts = texts;
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.tabs = separator == '\t';
    this.lines =
        CsvWriter.builder()
            .fieldSeparator(separator)
            .lineDelimiter(LineDelimiter.CRLF)
            .bufferSize(BUFFER)
            .build(this.out);
  }

  static TableWriter csv(Heading heading, List<Column> columns, OutputStream out) {
    char separator = Texts.isEnglish(heading) ? ',' : ';';
    return new DelimitedWriter(heading, columns, Texts.forPeople(heading), separator, out);
  }

  static TableWriter tsv(Heading heading, List<Column> columns, OutputStream out) {
    return new DelimitedWriter(heading, columns, Texts.forPrograms(heading), '\t', out);
  }

  @Override
  public void begin(long rows) throws IOException {
    if (!tabs) {
      out.write(BYTE_ORDER_MARK);
    }
    lines.writeRecord(columns.stream().map(column -> text(Texts.header(column, heading))).toList());
  }

  @Override
  public void row(Object[] values) {
    String[] cells = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      cells[i] = cell(values[i]);
    }
    lines.writeRecord(cells);
  }

  private String cell(Object value) {
    return tabs && value instanceof String text ? text(text) : texts.disarmed(value);
  }

  // Whether it is a formula is asked before its first tab goes.
  private String text(String value) {
    String safe = Formulas.disarmed(value);
    return tabs ? safe.replace('\t', ' ').replace('\r', ' ').replace('\n', ' ') : safe;
  }

  @Override
  public void end() throws IOException {
    lines.flush();
    out.flush();
  }
}
