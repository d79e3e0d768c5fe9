package org.kvantenergo.registry.lists.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.Problem;
import org.kvantenergo.registry.lists.internal.RawLine.Cell;
import org.kvantenergo.registry.lists.internal.RawLine.Kind;

/** CSV in UTF-8 or CP1251, separated by semicolons, commas or tabs. */
final class CsvFile {

  private static final char[] SEPARATORS = {';', ',', '\t'};
  private static final char BOM = '\uFEFF';
  private static final String FORMULA = "=";
  private static final String GUARDED = "=+-@";
  private static final char GUARD = '\'';

  private CsvFile() {}

  static void read(Path file, ListFile.Taker taker) throws IOException, RefusedFile {
    Encoding encoding = Encoding.of(file);
    int line = 1;
    try (Reader reader = reader(file, encoding);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(separator(file, encoding))
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(reader)) {
      Iterator<CsvRecord> records = csv.iterator();
      while (records.hasNext()) {
        CsvRecord record = records.next();
        line = (int) record.getStartingLineNumber();
        taker.take(line(record, line, encoding));
      }
    } catch (CsvParseException e) {
      throw new RefusedFile(Problem.UNREADABLE, line, "");
    }
  }

  private static RawLine line(CsvRecord record, int number, Encoding encoding) {
    Kind kind = encoding.others().get(number) ? Kind.WRONG_ENCODING : Kind.VALUE;
    List<Cell> cells = new ArrayList<>(record.getFieldCount());
    for (String field : record.getFields()) {
      cells.add(cell(field.strip(), kind));
    }
    return new RawLine(number, cells);
  }

  private static Cell cell(String text, Kind kind) {
    if (kind == Kind.VALUE && text.startsWith(FORMULA)) {
      return new Cell(text, Kind.FORMULA);
    }
    boolean guarded =
        text.length() > 1 && text.charAt(0) == GUARD && GUARDED.indexOf(text.charAt(1)) >= 0;
    return new Cell(guarded ? text.substring(1) : text, kind);
  }

  /** The one by which the first line has the most columns of ours. */
  private static char separator(Path file, Encoding encoding) throws IOException {
    String header;
    try (BufferedReader reader = reader(file, encoding)) {
      header = reader.readLine();
    }
    char best = SEPARATORS[0];
    long most = 0;
    for (char separator : SEPARATORS) {
      long known = 0;
      for (String name : header.split(java.util.regex.Pattern.quote(String.valueOf(separator)))) {
        String bare = name.strip().replaceAll("^\"|\"$", "");
        known += Column.of(bare).isPresent() ? 1 : 0;
      }
      if (known > most) {
        most = known;
        best = separator;
      }
    }
    return best;
  }

  private static BufferedReader reader(Path file, Encoding encoding) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), encoding.charset()), 1 << 16);
    reader.mark(1);
    if (reader.read() != BOM) {
      reader.reset();
    }
    return reader;
  }
}
