package org.kvantenergo.web.export;

import static org.kvantenergo.web.export.PdfPaper.GAP;
import static org.kvantenergo.web.export.PdfPaper.MARGIN;

import com.lowagie.text.Document;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfContentByte;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/**
 * Pages of paper, each sent when it is full: title, header, rows, number of the page. A text that
 * does not fit its column is cut with an ellipsis.
 */
final class PdfWriter implements TableWriter {

  /** Some hundred pages: nobody prints or reads more. */
  static final int MOST_ROWS = 20_000;

  private static final Color LINE = new Color(0xBC, 0xC6, 0xD0);
  private static final Color SHADE = new Color(0xEA, 0xEE, 0xF2);

  private final Heading heading;
  private final List<Column> columns;
  private final Texts texts;
  private final ResourceBundle words;
  private final BaseFont regular = Fonts.regular();
  private final BaseFont bold = Fonts.bold();
  private final OutputStream out;
  private final PdfPaper lies;
  private final Document document;
  private final PdfContentByte canvas;
  private final PdfText text;
  private final List<List<String>> headers = new ArrayList<>();
  private float headerHeight;
  private int rowsOfAPage;
  private int pages;
  private int page;
  private int left;
  private float y;

  PdfWriter(Heading heading, List<Column> columns, OutputStream out) throws IOException {
    this.heading = heading;
    this.columns = columns;
    this.out = out;
    texts = Texts.forPeople(heading);
    words = Texts.words(heading);
    lies = PdfPaper.of(columns, regular.getWidthPoint("0", 1));
    document = new Document(lies.paper(), MARGIN, MARGIN, MARGIN, MARGIN);
    com.lowagie.text.pdf.PdfWriter writer =
        com.lowagie.text.pdf.PdfWriter.getInstance(document, out);
    writer.setCloseStream(false);
    document.addTitle(Markup.clean(heading.title()));
    document.addCreator("Kvant-Energo");
    document.setDocumentLanguage(heading.locale().getLanguage());
    document.open();
    canvas = writer.getDirectContent();
    text = new PdfText(canvas, lies.size());
  }

  @Override
  public void begin(long rows) {
    int lines = 1;
    for (int i = 0; i < columns.size(); i++) {
      String header = Texts.header(columns.get(i), heading);
      headers.add(text.wrapped(bold, header, lies.widths().get(i) - GAP));
      lines = Math.max(lines, headers.get(i).size());
    }
    headerHeight = lines * lies.line() + GAP;
    float room = lies.top() - MARGIN - 3 * lies.line() - GAP - headerHeight;
    rowsOfAPage = Math.max(1, (int) (room / lies.line()));
    pages = (int) Math.max(1, (rows + rowsOfAPage - 1) / rowsOfAPage);
    newPage();
  }

  private void newPage() {
    if (page > 0) {
      document.newPage();
    }
    page++;
    left = rowsOfAPage;
    canvas.setColorFill(Color.BLACK);
    title();
    header();
    String number = words.getString("export.file.page") + " " + page + " / " + pages;
    text.until(regular, number, lies.right(), MARGIN - lies.size());
  }

  private void title() {
    y = lies.top() - lies.line();
    String at = words.getString("export.file.at") + " " + texts.of(heading.at());
    float room = lies.right() - MARGIN;
    text.from(bold, text.fitting(bold, heading.title(), room / 2), MARGIN, y);
    text.until(regular, at + ", " + heading.zone().getId(), lies.right(), y);
    y -= lies.line();
    text.from(regular, text.fitting(regular, heading.filter(), room), MARGIN, y);
    y -= GAP;
  }

  private void header() {
    canvas.setColorFill(SHADE);
    canvas.rectangle(MARGIN, y - headerHeight, lies.end() - MARGIN, headerHeight);
    canvas.fill();
    canvas.setColorFill(Color.BLACK);
    float x = MARGIN;
    for (int i = 0; i < columns.size(); i++) {
      for (int n = 0; n < headers.get(i).size(); n++) {
        cell(bold, i, headers.get(i).get(n), x, y - (n + 1) * lies.line());
      }
      x += lies.widths().get(i);
    }
    y -= headerHeight;
    canvas.setLineWidth(0.3f);
    canvas.setColorStroke(LINE);
  }

  @Override
  public void row(Object[] values) {
    if (left == 0) {
      newPage();
    }
    left--;
    y -= lies.line();
    float x = MARGIN;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        cell(regular, i, shown(values[i], columns.get(i)), x, y);
      }
      x += lies.widths().get(i);
    }
    float below = y - lies.size() * 0.3f;
    canvas.moveTo(MARGIN, below);
    canvas.lineTo(x, below);
    canvas.stroke();
  }

  private String shown(Object value, Column column) {
    return column.type() == Column.Type.DECIMAL
        ? texts.rounded((Number) value, column.decimals())
        : texts.of(value);
  }

  private void cell(BaseFont font, int column, String value, float x, float at) {
    float width = lies.widths().get(column);
    String fits = text.fitting(font, value, width - GAP);
    if (columns.get(column).type() == Column.Type.TEXT) {
      text.from(font, fits, x + GAP / 2, at);
    } else {
      text.until(font, fits, x + width - GAP / 2, at);
    }
  }

  @Override
  public void end() throws IOException {
    document.close();
    out.flush();
  }
}
