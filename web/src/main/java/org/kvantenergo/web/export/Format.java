package org.kvantenergo.web.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** In what a table can be taken away. Named in the audit and in addresses. */
public enum Format {
  /** A workbook. */
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
    @Override
    TableWriter writer(Heading heading, List<Column> columns, OutputStream out) {
      return new XlsxWriter(heading, columns, out);
    }
  },
  /** For spreadsheets, as the viewer's language has them. */
  CSV("text/csv; charset=UTF-8") {
    @Override
    TableWriter writer(Heading heading, List<Column> columns, OutputStream out) {
      return DelimitedWriter.csv(heading, columns, out);
    }
  },
  /** For programs. */
  TSV("text/tab-separated-values; charset=UTF-8") {
    @Override
    TableWriter writer(Heading heading, List<Column> columns, OutputStream out) {
      return DelimitedWriter.tsv(heading, columns, out);
    }
  },
  /** By our own schema, docs/schema. */
  XML("application/xml") {
    @Override
    TableWriter writer(Heading heading, List<Column> columns, OutputStream out) {
      return new XmlWriter(heading, columns, out);
    }
  },
  /** A page that needs nothing else. */
  HTML("text/html; charset=UTF-8") {
    @Override
    TableWriter writer(Heading heading, List<Column> columns, OutputStream out) {
      return new HtmlWriter(heading, columns, out);
    }
  },
  /** For paper. */
  PDF("application/pdf") {
    @Override
    TableWriter writer(Heading heading, List<Column> columns, OutputStream out) throws IOException {
      return new PdfWriter(heading, columns, out);
    }

    @Override
    public long mostRows() {
      return PdfWriter.MOST_ROWS;
    }
  };

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  abstract TableWriter writer(Heading heading, List<Column> columns, OutputStream out)
      throws IOException;

  /** With its parameters. */
  public String contentType() {
    return contentType;
  }

  /** Of file names, with its point. */
  public String extension() {
    return "." + name().toLowerCase(java.util.Locale.ROOT);
  }

  /** More rows it does not take. */
  public long mostRows() {
    return Long.MAX_VALUE;
  }
}
