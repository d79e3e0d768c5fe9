package org.kvantenergo.web.registry;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.kvantenergo.registry.lists.ListError;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.Lists;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.format.Csv;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * All that is wrong with a list as CSV: {@code ?id=…}. Streams. Of a list of somebody else's, as of
 * none at all, the header alone.
 */
@WebServlet("/meterlist.csv")
public class ListReport extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Lists lists;
  @Inject private CurrentViewer viewer;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    viewer.caller().require(Permission.REGISTER);
    ResourceBundle texts = ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale());
    String id = request.getParameter("id");
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Content-Disposition", "attachment; filename=\"errors.csv\"");
    PrintWriter out = response.getWriter();
    out.print(Csv.BYTE_ORDER_MARK);
    out.print(
        Csv.line(
            Stream.of("line", "column", "problem", "value")
                .map(column -> texts.getString("list.col." + column))));
    if (id != null && id.matches("[0-9]{1,15}")) {
      lists.report(
          viewer.caller(),
          new ListId(Long.parseLong(id)),
          error -> out.print(Csv.line(cells(error, texts))));
    }
  }

  private Stream<String> cells(ListError error, ResourceBundle texts) {
    return Stream.of(
        error.line() == 0 ? texts.getString("list.file") : Integer.toString(error.line()),
        error.column() == null ? "" : error.column().header(viewer.getLocale()),
        texts.getString("list.problem." + error.problem()),
        error.value());
  }
}
