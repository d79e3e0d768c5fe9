package org.kvantenergo.launcher.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.FilterText;
import org.kvantenergo.device.Identity;
import org.kvantenergo.device.internal.SqlDeviceDirectory;
import org.kvantenergo.reading.ReadingArchive;
import org.kvantenergo.reading.internal.SqlReadingArchive;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** What the monitoring page asks of a fleet, and beside it the least that a pass costs. */
final class PageQuestions {

  /** Rows that the page shows at once. */
  private static final int ROWS = 80;

  private static final List<String> ORDERS =
      List.of("SERIAL", "SERIAL-", "COMMISSIONED", "COMMISSIONED-", "RECEIVED", "RECEIVED-");

  private static final List<String> FILTERS =
      List.of(
          "silent:2",
          "silent:6",
          "errors",
          "bit:HARDWARE.3",
          "fell",
          "open",
          "drift",
          "battery:..3.4",
          "rssi:-102..-94",
          "temperature:10..20",
          "reading:..100",
          "resource:5..",
          "period:60..",
          "days:..1000",
          "sessions:1000..",
          "sessionsDay:..20",
          "received:2026-11-30T09:30:00Z..",
          "received:never",
          "module:..2026-11-30T09:30:00Z",
          "meter:..2026-11-30T09:30:00Z",
          "commissioned:2024-01-01T00:00:00Z..",
          "model:642,447",
          "protocol:5",
          "band:20",
          "serial:300000000001,300000500000",
          "imei:860000000500000",
          "iccid:8970101008538006975",
          "comment:117",
          "errors;battery:..3.4;rssi:..-85");

  private final DeviceDirectory directory;
  private final ReadingArchive archive;
  private final Connection connection;
  private final Scope scope;
  private final long last;
  private final List<Question> questions = new ArrayList<>();

  /**
   * One of them.
   *
   * @param part of the page, or of the limits
   * @param what for people
   * @param ask returns what was answered, in short
   */
  record Question(String part, String what, Supplier<String> ask) {}

  private PageQuestions(DataSource source, Connection connection) throws SQLException {
    this.directory = new SqlDeviceDirectory(source);
    this.archive = new SqlReadingArchive(source);
    this.connection = connection;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select organisation_id, count(*), max(id) from device where organisation_id is not null
                group by 1 order by 2 desc limit 1
                """)) {
      if (!row.next()) {
        throw new IllegalStateException("no devices: mvn -Pfill makes them");
      }
      scope = new Scope(new OrganisationId(row.getLong(1)), false);
      last = row.getLong(3);
    }
  }

  static List<Question> of(DataSource source, Connection connection) throws SQLException {
    PageQuestions all = new PageQuestions(source, connection);
    all.limits();
    all.lists();
    all.searches();
    all.lowerTable();
    return all.questions;
  }

  private void limits() {
    bare("`select count(*) from device_state`", "select count(*) from device_state");
    bare(
        "80 rows of `device_state` by their ids",
        "select count(s.battery) from device_state s where device_id = any(array(select "
            + last
            + " - n * 1000 from generate_series(1, 80) n))");
  }

  private void bare(String what, String sql) {
    questions.add(
        new Question(
            "limit",
            what,
            () -> {
              try (PreparedStatement statement = connection.prepareStatement(sql);
                  ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }));
  }

  private void lists() {
    for (String order : ORDERS) {
      list("first page", "by " + order, DeviceFilter.ALL, order, 0);
    }
    for (String order : ORDERS) {
      list("page 10,000", "by " + order, DeviceFilter.ALL, order, 10_000L * ROWS);
    }
    for (String filter : FILTERS) {
      list("filter", "`" + filter + "`", FilterText.parse(FilterText.ALL, filter), "SERIAL", 0);
    }
  }

  private void list(String part, String what, DeviceFilter filter, String order, long offset) {
    DeviceOrder by = DeviceOrder.parse(order);
    Slice slice = new Slice(offset, ROWS);
    questions.add(new Question(part, what, () -> said(directory.list(scope, filter, by, slice))));
  }

  private void searches() {
    search(Identity.SERIAL, "300000500000");
    search(Identity.IMEI, "860000000500000");
    search(Identity.ICCID, "8970101008538006975");
    for (String order : List.of("SERIAL", "RECEIVED-")) {
      DeviceOrder by = DeviceOrder.parse(order);
      questions.add(
          new Question(
              "exact search",
              "place of a device by " + order,
              () ->
                  directory.place(scope, DeviceFilter.ALL, by, new DeviceId(last / 2)).toString()));
    }
  }

  private void search(Identity identity, String number) {
    questions.add(
        new Question(
            "exact search",
            identity.name(),
            () -> directory.locate(scope, identity, List.of(number)).found().size() + " found"));
  }

  private void lowerTable() {
    for (long device : new long[] {1, last / 2, last}) {
      DeviceId id = new DeviceId(device);
      questions.add(
          new Question(
              "lower table",
              "records of a device, " + device * 100 / last + " % into the fleet",
              () -> said(archive.list(scope, id, new Slice(0, ROWS)))));
    }
  }

  private static String said(Page<?> page) {
    return String.format(Locale.ROOT, "%d of %,d", page.rows().size(), page.total());
  }
}
