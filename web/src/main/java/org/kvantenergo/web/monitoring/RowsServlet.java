package org.kvantenergo.web.monitoring;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * {@code /rows?ids=…&columns=…}: rows of the upper table as they are now, for the page to put in
 * the places of the old ones. At most 200 devices; those that the viewer does not see are left out.
 * A row has what needs attention and the cells of the columns, as the page has them.
 */
@WebServlet("/rows")
public class RowsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Pattern IDS = Pattern.compile("\\d{1,18}(,\\d{1,18}){0,199}");
  private static final Pattern COMMA = Pattern.compile(",");

  @Inject private transient DeviceDirectory directory;
  @Inject private transient BitNames names;
  @Inject private transient Cells cells;
  @Inject private transient Clock clock;
  @Inject private transient CommandSigns signs;
  @Inject private transient CurrentViewer viewer;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    viewer.requireReading();
    String ids = parameter(request, "ids");
    if (!IDS.matcher(ids).matches()) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    List<String> asked = List.of(COMMA.split(parameter(request, "columns")));
    List<ModuleColumn> columns =
        Arrays.stream(ModuleColumn.values()).filter(c -> asked.contains(c.name())).toList();
    try {
      String rows = rows(ids, columns);
      response.setContentType("text/html");
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      response.getWriter().write(rows);
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  private String rows(String ids, List<ModuleColumn> columns) {
    List<DeviceId> devices =
        COMMA.splitAsStream(ids).map(Long::valueOf).map(DeviceId::new).distinct().toList();
    List<DeviceRow> found = directory.find(viewer.scope(), devices);
    Lines lines = new Lines(viewer.getLocale(), viewer.zone(), clock, names.bits());
    Map<Long, ModuleLine.Orders> orders = signs.of(found);
    StringBuilder out = new StringBuilder("<table>");
    for (DeviceRow row : found) {
      // The page knows the number of the row in its list.
      ModuleLine line = lines.module(row, 0, orders.get(row.id().value()));
      out.append("<tr data-id=\"").append(line.id()).append("\">");
      cell(out, "SIGNS", cells.signs(line));
      columns.forEach(column -> cell(out, column.name(), cells.of(column, line)));
      out.append("</tr>");
    }
    return out.append("</table>").toString();
  }

  private static void cell(StringBuilder out, String column, String html) {
    out.append("<td class=\"k-").append(column).append("\">").append(html).append("</td>");
  }

  private static String parameter(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value;
  }
}
