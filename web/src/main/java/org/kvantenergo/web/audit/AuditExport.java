package org.kvantenergo.web.audit;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.kvantenergo.audit.AuditLog;
import org.kvantenergo.audit.AuditRow;
import org.kvantenergo.web.format.Csv;
import org.kvantenergo.web.security.CurrentViewer;

/** {@code /audit.csv}: the rows that the page's address asks for, streamed. */
@WebServlet("/audit.csv")
public class AuditExport extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final List<String> COLUMNS =
      List.of(
          "number", "at", "who", "organisation", "address", "what", "object", "before", "after");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss", Locale.ROOT);
  @Inject private transient AuditLog log;
  @Inject private transient CurrentViewer viewer;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ZoneId zone = viewer.zone();
    ResourceBundle texts = ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale());
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
    PrintWriter out = response.getWriter();
    // Before the first row: who may not read it gets no file, and nothing was sent yet.
    boolean[] begun = {false};
    log.export(
        viewer.caller(),
        AuditQuery.of(request::getParameter).filter(zone),
        row -> {
          if (!begun[0]) {
            head(out, texts);
            begun[0] = true;
          }
          out.print(Csv.line(cells(row, zone)));
        });
    if (!begun[0]) {
      head(out, texts);
    }
  }

  private static void head(PrintWriter out, ResourceBundle texts) {
    out.print(Csv.BYTE_ORDER_MARK);
    out.print(Csv.line(COLUMNS.stream().map(column -> texts.getString("audit.col." + column))));
  }

  private static Stream<String> cells(AuditRow row, ZoneId zone) {
    return Stream.of(
        Long.toString(row.id()),
        TIME.format(row.at().atZone(zone)),
        row.login(),
        row.organisation(),
        row.address(),
        row.action(),
        row.object(),
        row.before(),
        row.after());
  }
}
