package org.kvantenergo.web.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * XML by docs/schema/kvant-export-1.xsd: an element a value, typed; what is not known is not there;
 * the number of rows at the end, so that a file that was cut is seen to be.
 */
final class XmlWriter implements TableWriter {

  /** A table with another meaning gets another number. */
  static final String NAMESPACE = "urn:kvant-energo:export:1";

  private static final int BUFFER = 1 << 14;

  private final Heading heading;
  private final List<Column> columns;
  private final Texts texts;
  private final Writer out;
  private long written;

  XmlWriter(Heading heading, List<Column> columns, OutputStream stream) {
    this.heading = heading;
    this.columns = columns;
    texts = Texts.forPrograms(heading);
    out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), BUFFER);
  }

  @Override
  public void begin(long rows) throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<");
    out.write(heading.table());
    attribute("xmlns", NAMESPACE);
    attribute("title", heading.title());
    attribute("filter", heading.filter());
    attribute("at", texts.of(heading.at()));
    attribute("zone", heading.zone().getId());
    out.write(">\n<columns>\n");
    for (Column column : columns) {
      out.write("<column");
      attribute("name", column.name());
      attribute("header", column.header());
      out.write("/>\n");
    }
    out.write("</columns>\n");
  }

  private void attribute(String name, String value) throws IOException {
    out.write(' ');
    out.write(name);
    out.write("=\"");
    out.write(Markup.escaped(value));
    out.write('"');
  }

  @Override
  public void row(Object[] values) throws IOException {
    written++;
    out.write("<row>");
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        String name = columns.get(i).name();
        out.write('<');
        out.write(name);
        out.write('>');
        out.write(text(values[i]));
        out.write("</");
        out.write(name);
        out.write('>');
      }
    }
    out.write("</row>\n");
  }

  private String text(Object value) {
    boolean plain = value instanceof Number || value instanceof Instant;
    return plain ? texts.of(value) : Markup.escaped((String) value);
  }

  @Override
  public void end() throws IOException {
    out.write("<end rows=\"" + written + "\"/>\n</" + heading.table() + ">\n");
    out.flush();
  }
}
