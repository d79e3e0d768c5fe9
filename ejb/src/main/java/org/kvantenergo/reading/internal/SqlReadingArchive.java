package org.kvantenergo.reading.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.kvantenergo.device.ErrorMasks;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.reading.Mark;
import org.kvantenergo.reading.ReadingArchive;
import org.kvantenergo.reading.ReadingRow;
import org.kvantenergo.reading.RecordKey;
import org.kvantenergo.shared.Cursor;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Span;
import org.kvantenergo.shared.Sql;

/** Pages of the archive. */
@ApplicationScoped
public class SqlReadingArchive implements ReadingArchive {

  private static final String VISIBLE = " from device d where " + VisibleDevice.CONDITION;

  private static final String COUNT =
      "select count(*) from reading r where r.device_id = (select d.id "
          + VISIBLE
          + ") and r.module_time >= ? and r.module_time < ?";

  private static final String FIRST =
      "select r.module_time from reading r where r.device_id = (select d.id "
          + VISIBLE
          + ") and r.module_time >= ? and r.module_time < ? and r.marks & 1 = 0"
          + " order by r.module_time limit 1";

  private static final String ALL =
      "with page as (select r.* from reading r where r.device_id = (select d.id "
          + VISIBLE
          + ") and r.module_time >= ? and r.module_time < ?";

  // The page is cut first; what surrounds each of its rows is looked up by the key of the archive.
  private static final String PAGE =
      ALL + " order by r.module_time desc, r.record_number desc, r.digest limit ? offset ?)";

  private static final String AROUND =
      """

      select page.*, s.protocol, s.model as session_model, before.reading as reading_before,
        exists (select 1 from reading o where o.device_id = page.device_id
          and o.module_time = page.module_time and o.record_number = page.record_number
          and o.digest <> page.digest) as conflict
      from page
      left join lateral (
        select f.protocol, case when f.device_id = page.device_id and f.model <> 0 then f.model
          else (select d.model from device d where d.id = page.device_id) end as model
        from device_session f where f.id = page.session_id
        order by f.device_id = page.device_id desc limit 1) s on true
      left join lateral (
        select p.reading from reading p
        where p.device_id = page.device_id and p.module_time <= page.module_time
          and (p.module_time, p.record_number) < (page.module_time, page.record_number)
          and p.status & 1 = 1 and p.reading >= 0 and p.reading < 'Infinity' and p.marks & 1 = 0
        order by p.module_time desc, p.record_number desc limit 1) before
        on page.status & 1 = 1 and page.marks & 1 = 0
      order by page.module_time desc, page.record_number desc, page.digest
      """;

  private final DataSource dataSource;

  @Inject
  public SqlReadingArchive(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** For the proxies of CDI. */
  protected SqlReadingArchive() {
    this(null);
  }

  @Override
  public Page<ReadingRow> list(Scope scope, DeviceId device, Span span, Slice slice) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement count = connection.prepareStatement(COUNT);
        PreparedStatement list = connection.prepareStatement(PAGE + AROUND)) {
      bind(count, scope, device, span);
      int place = bind(list, scope, device, span);
      list.setInt(place, slice.limit());
      list.setLong(place + 1, slice.offset());
      List<ReadingRow> rows = new ArrayList<>();
      try (ResultSet row = list.executeQuery()) {
        while (row.next()) {
          rows.add(row(row));
        }
      }
      try (ResultSet total = count.executeQuery()) {
        total.next();
        return new Page<>(rows, total.getLong(1));
      }
    } catch (SQLException e) {
      throw new DatabaseException("listing records of device " + device.value(), e);
    }
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void stream(Scope scope, DeviceId device, Span span, Rows<ReadingRow> rows)
      throws IOException {
    Cursor.Binding binding = statement -> bind(statement, scope, device, span);
    new Cursor(dataSource)
        .read(
            "exporting records of device " + device.value(),
            new Cursor.Query(COUNT, binding),
            new Cursor.Query(ALL + ")" + AROUND, binding),
            SqlReadingArchive::row,
            rows);
  }

  @Override
  public Optional<Instant> first(Scope scope, DeviceId device, Span span) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement first = connection.prepareStatement(FIRST)) {
      bind(first, scope, device, span);
      try (ResultSet row = first.executeQuery()) {
        return row.next() ? Optional.of(Sql.time(row, "module_time")) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new DatabaseException("looking for the first record of " + device.value(), e);
    }
  }

  private static int bind(PreparedStatement statement, Scope scope, DeviceId device, Span span)
      throws SQLException {
    int place = VisibleDevice.bind(statement, scope, device);
    return span.bind(statement, place);
  }

  private static ReadingRow row(ResultSet r) throws SQLException {
    double reading = r.getDouble("reading");
    double before = r.getDouble("reading_before");
    boolean known = !r.wasNull();
    return new ReadingRow(
        new RecordKey(
            r.getObject("module_time", OffsetDateTime.class).toInstant(),
            r.getLong("record_number"),
            r.getLong("digest")),
        r.getObject("received_at", OffsetDateTime.class).toInstant(),
        r.getObject("meter_time", OffsetDateTime.class).toInstant(),
        r.getFloat("resource"),
        new ErrorMasks(
            r.getInt("measurement_errors"),
            r.getInt("temperature_errors"),
            r.getInt("control_errors"),
            r.getInt("calibration_errors"),
            r.getInt("hardware_errors")),
        r.getFloat("temperature"),
        reading,
        r.getFloat("battery"),
        r.getInt("status"),
        r.getInt("protocol"),
        r.getInt("session_model"),
        marks(r.getInt("marks"), r.getBoolean("conflict")),
        known && reading >= 0 && reading < before,
        r.getInt("period_minutes"));
  }

  private static Set<Mark> marks(int bits, boolean conflict) {
    EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
    for (Mark mark : Mark.values()) {
      if ((bits & mark.bit()) != 0) {
        marks.add(mark);
      }
    }
    if (conflict) {
      marks.add(Mark.CONFLICT);
    }
    return marks;
  }
}
