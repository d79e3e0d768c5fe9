package org.kvantenergo.web.chart;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.reading.ReadingSeries;
import org.kvantenergo.registry.Registry;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.monitoring.Bits;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * {@code /series?device=…}: what a chart shows of a device, as JSON. With {@code days} it ends at
 * the device's newest record; with {@code from} and {@code until} it is of whole days of the
 * viewer's zone.
 */
@WebServlet("/series")
public class SeriesServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String NUMBER = "[0-9]{1,18}";
  private static final int MOST_DAYS = 3660;

  @Inject private transient DeviceDirectory directory;
  @Inject private transient ReadingSeries series;
  @Inject private transient Registry registry;
  @Inject private transient ErrorDictionary dictionary;
  @Inject private transient Clock clock;
  @Inject private transient CurrentViewer viewer;

  /** A time of a chart. */
  private record Time(Instant from, Instant until) {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Scope scope = viewer.scope();
    String asked = parameter(request, "device");
    try {
      Optional<DeviceRow> row =
          asked.matches(NUMBER)
              ? directory.find(scope, new DeviceId(Long.parseLong(asked)))
              : Optional.empty();
      if (row.isEmpty()) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      Optional<Time> time = time(request, row.get());
      if (time.isEmpty()) {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        return;
      }
      answer(response, scope, row.get(), time.get());
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  private void answer(HttpServletResponse response, Scope scope, DeviceRow row, Time time)
      throws IOException {
    Optional<ReadingSeries.Series> found = series.of(scope, row.id(), time.from, time.until);
    if (found.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType("application/json");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    Happened happened =
        new Happened(viewer.getLocale(), new Bits(dictionary.names(), viewer.getLocale()), row);
    new SeriesJson(viewer.getLocale(), viewer.zone(), happened)
        .write(
            response.getWriter(),
            time.from,
            time.until,
            found.get(),
            registry.ofDevice(scope, row.id()));
  }

  private Optional<Time> time(HttpServletRequest request, DeviceRow row) {
    String days = parameter(request, "days");
    try {
      if (days.matches("[0-9]{1,4}") || parameter(request, "from").isEmpty()) {
        int many = days.isEmpty() ? 1 : Integer.parseInt(days);
        // Up to and with the newest record.
        Instant end =
            (row.contact() == null ? clock.instant() : row.contact().moduleTime()).plusSeconds(1);
        return many < 1 || many > MOST_DAYS
            ? Optional.empty()
            : Optional.of(new Time(end.minus(Duration.ofDays(many)), end));
      }
      LocalDate from = LocalDate.parse(parameter(request, "from"));
      LocalDate until = LocalDate.parse(parameter(request, "until")).plusDays(1);
      return from.getYear() < 1970
              || !from.isBefore(until)
              || until.minusDays(MOST_DAYS).isAfter(from)
          ? Optional.empty()
          : Optional.of(
              new Time(
                  from.atStartOfDay(viewer.zone()).toInstant(),
                  until.atStartOfDay(viewer.zone()).toInstant()));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String parameter(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value == null ? "" : value;
  }
}
