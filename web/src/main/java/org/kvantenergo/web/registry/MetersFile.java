package org.kvantenergo.web.registry;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.kvantenergo.registry.lists.ListExport;
import org.kvantenergo.registry.lists.ListExport.Format;
import org.kvantenergo.web.security.CurrentViewer;

/** The list of meters as a file: {@code ?format=xlsx|csv&text=…&at=…}. Streams. */
@WebServlet("/meters-file")
public class MetersFile extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient ListExport export;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean csv = "csv".equals(request.getParameter("format"));
    String text = request.getParameter("text");
    Locale locale = viewer.getLocale();
    String name = locale.getLanguage().equals("en") ? "meters" : "schetchiki";
    response.setContentType(
        csv
            ? "text/csv;charset=UTF-8"
            : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"" + name + (csv ? ".csv\"" : ".xlsx\""));
    export.write(
        viewer.scope(),
        text == null ? "" : text,
        moment(request.getParameter("at")),
        csv ? Format.CSV : Format.XLSX,
        locale,
        response.getOutputStream());
  }

  /** As the page writes it; anything else is now. */
  private Instant moment(String at) {
    try {
      return at == null ? clock.instant() : Instant.parse(at);
    } catch (DateTimeException e) {
      return clock.instant();
    }
  }
}
