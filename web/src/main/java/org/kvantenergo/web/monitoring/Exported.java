package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.GroupSummary;
import org.kvantenergo.reading.ReadingArchive;
import org.kvantenergo.session.SessionHistory;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Span;
import org.kvantenergo.web.export.Fields;
import org.kvantenergo.web.export.Heading;
import org.kvantenergo.web.export.TableSource;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * The page's three tables as they can be taken away: what is chosen on the page at the moment at
 * which it is asked, and nothing that changes afterwards. Parameter {@code rows}: TICKED for the
 * ticked rows of the upper table, else all by its filter.
 */
@Named("exported")
@RequestScoped
public class Exported {

  private static final String TICKED = "TICKED";

  @Inject private MonitoringView page;
  @Inject private FleetFilterView filters;
  @Inject private ColumnsView columns;
  @Inject private SelectedView selected;
  @Inject private CurrentViewer viewer;
  @Inject private DeviceDirectory directory;
  @Inject private ReadingArchive archive;
  @Inject private SessionHistory history;
  @Inject private BitNames names;
  @Inject private Clock clock;

  /**
   * The upper table; null if nothing is ticked, or what was asked of it could not be understood.
   */
  public TableSource getModules() {
    boolean some = Asked.text("rows").equals(TICKED);
    Ticked ticked = page.ticked();
    if ((some && ticked.none()) || !filters.getRefused().isEmpty()) {
      return null;
    }
    ExportWords words = words();
    Scope scope = viewer.scope();
    DeviceFilter filter = page.filter();
    DeviceOrder order = page.order();
    return new Fields<>(
        heading(
            "modules", words.text("export.file.modules") + " " + groups(words), said(some), false),
        new ModuleFields(words, new Lines(viewer.getLocale(), viewer.zone(), clock, names.bits()))
            .of(columns.visible()),
        some
            ? rows -> ticked(scope, ticked, order, rows)
            : rows -> directory.stream(scope, filter, order, rows));
  }

  private void ticked(Scope scope, Ticked ticked, DeviceOrder order, Rows<DeviceRow> rows)
      throws IOException {
    if (ticked.filter() == null) {
      directory.stream(scope, ticked.ids(), order, rows);
    } else {
      directory.stream(scope, ticked.filter(), order, new Without(ticked.ids(), rows));
    }
  }

  private String groups(ExportWords words) {
    if (filters.isUnregistered() || filters.isWhole()) {
      return words.text(filters.isUnregistered() ? "export.file.strangers" : "export.file.all");
    }
    return filters.getChosen().stream().map(GroupSummary::name).collect(Collectors.joining(", "));
  }

  private String said(boolean some) {
    ExportWords words = words();
    String conditions = filters.getSaid();
    return words.text("export.filter.group", groups(words))
        + (conditions.isEmpty() ? "" : "; " + conditions)
        + "; "
        + words.text("export.filter.order", words.order(page.order()))
        + (some ? "; " + words.text("export.filter.ticked") : "");
  }

  /** «Переданные показания» of the selected device; null if none is. */
  public TableSource getReadings() {
    ModuleLine device = selected.getLine();
    if (device == null) {
      return null;
    }
    ExportWords words = words();
    Scope scope = viewer.scope();
    DeviceId id = new DeviceId(device.id());
    Span span = selected.span();
    return new Fields<>(
        ofDevice("readings", words, device, false),
        new DeviceFields(words).records(),
        rows -> archive.stream(scope, id, span, rows));
  }

  /** «Расширенная информация» of the selected device; null if none is. */
  public TableSource getSessions() {
    ModuleLine device = selected.getLine();
    if (device == null) {
      return null;
    }
    ExportWords words = words();
    Caller caller = viewer.caller();
    caller.require(Permission.READ_DEVICES);
    boolean secrets = caller.permissions().contains(Permission.READ_SECRETS);
    DeviceId id = new DeviceId(device.id());
    Span span = selected.span();
    return new Fields<>(
        ofDevice("sessions", words, device, secrets),
        new DeviceFields(words).sessions(secrets),
        rows -> history.stream(caller, id, span, rows));
  }

  private Heading ofDevice(String table, ExportWords words, ModuleLine device, boolean secret) {
    String serial = device.serial().text();
    return heading(
        table,
        words.text("export.file." + table) + " " + serial,
        words.text("export.filter.device", serial),
        secret);
  }

  private Heading heading(String table, String title, String filter, boolean secret) {
    return new Heading(
        table, title, filter, clock.instant(), viewer.zone(), viewer.getLocale(), secret);
  }

  private ExportWords words() {
    return new ExportWords(viewer.getLocale());
  }

  /**
   * All but some.
   *
   * @param not the ids that are left out, in ascending order
   * @param rows takes the others
   */
  private record Without(List<DeviceId> not, Rows<DeviceRow> rows) implements Rows<DeviceRow> {

    @Override
    public void begun(Runnable stop) {
      rows.begun(stop);
    }

    @Override
    public void total(long count) throws IOException {
      rows.total(Math.max(0, count - not.size()));
    }

    @Override
    public void row(DeviceRow row) throws IOException {
      int found =
          java.util.Collections.binarySearch(
              not, row.id(), java.util.Comparator.comparingLong(DeviceId::value));
      if (found < 0) {
        rows.row(row);
      }
    }
  }
}
