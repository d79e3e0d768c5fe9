package org.kvantenergo.web.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ResourceBundle;

/** A page that needs nothing else: HTML5, with the tags left out that HTML lets one leave out. */
final class HtmlWriter implements TableWriter {

  private static final int BUFFER = 1 << 14;
  private static final String STYLE =
      """
      body{margin:16px;font:13px/1.4 "IBM Plex Sans","Segoe UI",Roboto,sans-serif;color:#121b24;background:#fff}
      h1{margin:0 0 4px;font-size:18px}p{margin:0 0 12px;color:#3c4855}
      table{border-collapse:collapse;font-variant-numeric:tabular-nums;white-space:nowrap}
      th,td{padding:3px 8px;border-bottom:1px solid #dde3e9;text-align:left;vertical-align:top}
      th{position:sticky;top:0;background:#eaeef2;white-space:normal}
      .r{text-align:right}
      @media print{@page{size:landscape}body{margin:0;font-size:8px}th{position:static}}
      """;

  private final Heading heading;
  private final List<Column> columns;
  private final Texts texts;
  private final ResourceBundle words;
  private final Writer out;
  private long written;

  HtmlWriter(Heading heading, List<Column> columns, OutputStream stream) {
    this.heading = heading;
    this.columns = columns;
    texts = Texts.forPeople(heading);
    words = Texts.words(heading);
    out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), BUFFER);
  }

  @Override
  public void begin(long rows) throws IOException {
    String title = Markup.escaped(heading.title());
    out.write("<!DOCTYPE html>\n<html lang=\"" + heading.locale().getLanguage() + "\">\n<head>\n");
    out.write("<meta charset=\"utf-8\">\n<title>" + title + "</title>\n<style>\n" + STYLE);
    out.write("</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n<p>");
    if (!heading.filter().isEmpty()) {
      out.write(Markup.escaped(heading.filter()) + "<br>\n");
    }
    out.write(words.getString("export.file.at") + " " + texts.of(heading.at()) + ", ");
    out.write(Markup.escaped(heading.zone().getId()) + "</p>\n<table>\n<thead>\n<tr>");
    for (Column column : columns) {
      out.write("<th scope=\"col\"" + align(column) + ">");
      out.write(Markup.escaped(Texts.header(column, heading)));
    }
    out.write("\n</thead>\n<tbody>\n");
  }

  private static String align(Column column) {
    return column.type() == Column.Type.TEXT ? "" : " class=\"r\"";
  }

  @Override
  public void row(Object[] values) throws IOException {
    written++;
    out.write("<tr>");
    for (int i = 0; i < values.length; i++) {
      out.write(columns.get(i).type() == Column.Type.TEXT ? "<td>" : "<td class=\"r\">");
      if (values[i] != null) {
        // A spreadsheet opens pages too.
        out.write(Markup.escaped(texts.disarmed(values[i])));
      }
    }
    out.write('\n');
  }

  @Override
  public void end() throws IOException {
    out.write("</tbody>\n</table>\n<p>" + words.getString("export.file.rows") + ": " + written);
    out.write("</p>\n</body>\n</html>\n");
    out.flush();
  }
}
