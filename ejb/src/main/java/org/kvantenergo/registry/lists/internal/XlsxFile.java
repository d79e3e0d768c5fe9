package org.kvantenergo.registry.lists.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.kvantenergo.registry.lists.Problem;
import org.kvantenergo.registry.lists.internal.RawLine.Cell;
import org.kvantenergo.registry.lists.internal.RawLine.Kind;

/** The first sheet of a workbook. */
final class XlsxFile {

  private static final ReadingOptions OPTIONS = new ReadingOptions(true, true);

  // 200,000 lines of 24 cells are some 250 MB.
  private static final long MAX_INFLATED = 512L << 20;
  // Read into memory at once.
  private static final long MAX_STRINGS = 96L << 20;
  private static final int MAX_ENTRIES = 1000;
  private static final int MAX_CELLS = 256;

  private static final Pattern DATE = Pattern.compile("(?i)[dy]");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.");

  private XlsxFile() {}

  static void read(Path file, ListFile.Taker taker) throws IOException, RefusedFile {
    int line = 1;
    try {
      measure(file);
      try (ReadableWorkbook book = new ReadableWorkbook(file.toFile(), OPTIONS);
          Stream<Row> rows = book.getFirstSheet().openStream()) {
        Iterator<Row> each = rows.iterator();
        while (each.hasNext()) {
          Row row = each.next();
          line = row.getRowNum();
          taker.take(line(row));
        }
      }
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong inside a file that somebody made is the file's fault.
      if (e instanceof org.kvantenergo.shared.DatabaseException database) {
        throw database;
      }
      throw new RefusedFile(Problem.UNREADABLE, line, "");
    }
  }

  /** Inflates everything once, and counts: what the entries say of their size is not believed. */
  private static void measure(Path file) throws IOException, RefusedFile {
    long inflated = 0;
    byte[] buffer = new byte[1 << 16];
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MAX_ENTRIES) {
        throw new RefusedFile(Problem.INFLATES, 0, "");
      }
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        long before = inflated;
        long most =
            entry.getName().endsWith("sharedStrings.xml") ? before + MAX_STRINGS : MAX_INFLATED;
        try (InputStream in = zip.getInputStream(entry)) {
          int n;
          while ((n = in.read(buffer)) > 0) {
            inflated += n;
            if (inflated > Math.min(most, MAX_INFLATED)) {
              throw new RefusedFile(Problem.INFLATES, 0, "");
            }
          }
        }
      }
    }
  }

  private static RawLine line(Row row) throws RefusedFile {
    if (row.getCellCount() > MAX_CELLS) {
      throw new RefusedFile(Problem.TOO_MANY_CELLS, row.getRowNum(), "");
    }
    List<Cell> cells = new ArrayList<>(row.getCellCount());
    for (org.dhatim.fastexcel.reader.Cell cell : row) {
      cells.add(cell == null ? Cell.EMPTY : cell(cell));
    }
    return new RawLine(row.getRowNum(), cells);
  }

  private static Cell cell(org.dhatim.fastexcel.reader.Cell cell) {
    if (cell.getType() == CellType.FORMULA || cell.getType() == CellType.ERROR) {
      String formula = cell.getFormula();
      return new Cell(formula == null ? String.valueOf(cell.getRawValue()) : formula, Kind.FORMULA);
    }
    if (cell.getType() == CellType.NUMBER) {
      return new Cell(
          isDate(cell.getDataFormatString())
              ? date(cell.asDate())
              : cell.asNumber().stripTrailingZeros().toPlainString(),
          Kind.VALUE);
    }
    String text = cell.getText();
    return new Cell(text == null ? "" : text.strip(), Kind.VALUE);
  }

  private static boolean isDate(String format) {
    return format != null
        && !format.equalsIgnoreCase("general")
        && DATE.matcher(QUOTED.matcher(format).replaceAll("")).find();
  }

  /** A spreadsheet keeps times as parts of a day: rounded, as they are not exact. */
  private static String date(LocalDateTime time) {
    return time.plusNanos(500_000_000).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
