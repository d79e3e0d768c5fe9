package org.kvantenergo.web.monitoring;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.Window;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * The upper half of the monitoring page: the table of modules, and which is chosen. What it lists,
 * how it is sorted and how it looks are the business of beans of their own.
 */
@Named("monitoring")
@ViewScoped
public class MonitoringView implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Rows that were read so shortly before are not read again to be drawn. */
  private static final Duration CURRENT = Duration.ofSeconds(1);

  @Inject private transient DeviceDirectory directory;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;
  @Inject private SelectedView selected;
  @Inject private transient BitNames names;
  @Inject private transient CommandSigns signs;
  @Inject private FleetFilterView filter;
  @Inject private SortView sorting;
  @Inject private SavedViews views;
  @Inject private TicksView ticks;

  private Instant read = Instant.EPOCH;
  private long fresh;
  private boolean failed;
  private boolean begun;
  private final transient Window<ModuleLine> modules = new Window<>(this::loadModules);

  @PostConstruct
  void begin() {
    guarded(
        () -> {
          filter.census();
          views.begin();
          if (!asked(Asked.number("device"))) {
            selectFirst();
          }
          begun = true;
        });
  }

  /** Another page leads to a device; whether it is to be seen. */
  private boolean asked(long id) {
    Optional<DeviceRow> device =
        id == 0 ? Optional.empty() : directory.find(viewer.scope(), new DeviceId(id));
    device.ifPresent(
        row -> {
          filter.all(row.state() != DeviceRow.State.UNREGISTERED);
          selected.select(id);
        });
    return device.isPresent();
  }

  /** «Обновить»: everything anew. */
  public void reload() {
    if (!begun) {
      begin();
      return;
    }
    guarded(
        () -> {
          filter.census();
          modules.again();
          selected.again();
        });
  }

  /** Other rows are listed. */
  void restart() {
    modules.moveTo(0);
    selectFirst();
  }

  /** The same rows are listed otherwise; the chosen one stays. */
  void reorder() {
    modules.moveTo(0);
  }

  /** Moves the window so that a place of the list is in its middle. */
  void reveal(long place) {
    modules.moveTo(Math.max(0, place - Window.ROWS / 2));
  }

  /** The browser has scrolled: parameter {@code first}. */
  public void scrollModules() {
    guarded(() -> modules.moveTo(Asked.number("first")));
  }

  /** A row was chosen: parameter {@code id}. */
  public void selectRow() {
    selected.select(Asked.number("id"));
  }

  /** Counts anew what the list would have now: that is offered, not forced. */
  public void recount() {
    guarded(
        () -> {
          filter.count();
          fresh = Math.max(0, filter.listed() - modules.getTotal());
        });
  }

  /**
   * The table is drawn: the same rows in the same places with their values of now. In between the
   * page is told what is new ({@link DrawnRows}).
   */
  public void renew() {
    if (!failed && read.plus(CURRENT).isBefore(clock.instant())) {
      guarded(() -> modules.replace(now(modules)));
    }
  }

  private Page<ModuleLine> now(Window<ModuleLine> window) {
    List<ModuleLine> shown = window.getLines();
    List<DeviceRow> found =
        directory.find(
            viewer.scope(), shown.stream().map(line -> new DeviceId(line.id())).toList());
    Map<Long, DeviceRow> rows = new HashMap<>();
    found.forEach(row -> rows.put(row.id().value(), row));
    Map<Long, ModuleLine.Orders> orders = signs.of(viewer.get(), found);
    Lines lines = lines();
    List<ModuleLine> next = new ArrayList<>(shown.size());
    for (ModuleLine line : shown) {
      long number = window.getFirst() + next.size() + 1;
      DeviceRow row = rows.get(line.id());
      next.add(row == null ? line : lines.module(row, number, orders.get(line.id())));
    }
    read = clock.instant();
    return new Page<>(next, window.getTotal());
  }

  public Window<ModuleLine> getModules() {
    return modules;
  }

  /** The one chosen group; 0 = all or several, −1 = those that nobody registered. */
  public long getGroupId() {
    if (filter.isUnregistered()) {
      return -1;
    }
    return filter.getChosen().size() == 1 ? filter.getChosen().get(0).id().value() : 0;
  }

  /** How many devices came to the list since it was loaded. */
  public long getFresh() {
    return fresh;
  }

  /** A whole number with the form of a noun that goes with it, in the viewer's language. */
  public String counted(long number, String forms) {
    return whole(number) + " " + Plural.of(viewer.getLocale(), number, forms);
  }

  /** A whole number in the viewer's language. */
  public String whole(long value) {
    return lines().whole(value);
  }

  /** Whether the last thing that was asked for could not be had; what was shown before stays. */
  public boolean isFailed() {
    return failed;
  }

  /** The page as an address that leads here again. */
  public String getAddress() {
    return filter.address() + "&o=" + sorting.order().text() + views.address();
  }

  /** What is ticked, for exports and commands. */
  public Ticked ticked() {
    return ticks.ticked();
  }

  /** What the table lists, for exports. */
  public DeviceFilter filter() {
    return filter.filter();
  }

  /** How it is sorted, for exports. */
  public DeviceOrder order() {
    return sorting.order();
  }

  /** Does something; what was shown before stays if it cannot be had. */
  void guarded(Runnable action) {
    failed = false;
    try {
      action.run();
      modules.getTotal();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  private void selectFirst() {
    List<ModuleLine> shown = modules.getLines();
    selected.select(shown.isEmpty() ? 0 : shown.get(0).id());
  }

  private Page<ModuleLine> loadModules(Slice slice) {
    fresh = 0;
    read = clock.instant();
    Page<DeviceRow> page = page(slice);
    Map<Long, ModuleLine.Orders> orders = signs.of(viewer.get(), page.rows());
    Lines lines = lines();
    return Window.numbered(
        page, slice, (row, number) -> lines.module(row, number, orders.get(row.id().value())));
  }

  /** Rows of the list as it is listed now. */
  List<DeviceRow> read(Slice slice) {
    return page(slice).rows();
  }

  private Page<DeviceRow> page(Slice slice) {
    // What could not be understood lists nothing: everything would look like an answer.
    return filter.getRefused().isEmpty()
        ? directory.list(viewer.scope(), filter.filter(), sorting.order(), slice)
        : new Page<>(List.of(), 0);
  }

  private Lines lines() {
    return new Lines(viewer.getLocale(), viewer.zone(), clock, names.bits());
  }
}
