package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kvantenergo.command.CommandFilter;
import org.kvantenergo.command.Commands;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.reading.BatteryForecast;
import org.kvantenergo.reading.DeviceOutlook;
import org.kvantenergo.reading.ReadingArchive;
import org.kvantenergo.reading.ReadingRow;
import org.kvantenergo.session.SessionHistory;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Span;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Dates;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.Window;
import org.kvantenergo.web.security.CurrentViewer;

/** The lower half of the monitoring page: the chosen module, and the windows of its tables. */
@Named("selected")
@ViewScoped
public class SelectedView implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient DeviceDirectory directory;
  @Inject private transient ReadingArchive archive;
  @Inject private transient SessionHistory history;
  @Inject private transient DeviceOutlook outlook;
  @Inject private transient BitNames names;
  @Inject private transient CommandSigns signs;
  @Inject private transient Commands commands;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private Tab tab = Tab.READINGS;
  private Dates dates = Dates.ALL;
  private long id;
  private boolean failed;
  private transient ModuleLine line;
  private boolean stranger;
  private transient DeviceBar bar;
  private transient Optional<BatteryForecast> battery = Optional.empty();
  private transient String since = "";
  private final transient Window<RecordLine> records = new Window<>(this::loadRecords);
  private final transient Window<SessionLine> sessions = new Window<>(this::loadSessions);
  private final transient Window<DeviceCommand> orders = new Window<>(this::loadCommands);

  /** The tabs of the lower part. */
  public enum Tab {
    /** «Переданные показания». */
    READINGS,
    /** «Расширенная информация». */
    SESSIONS,
    /** «Команды», for who may send them. */
    COMMANDS,
    /** «Графики», where there is no room beside the tables. */
    CHART
  }

  /** Another module; 0 = none. The same one is read anew, and its tables stay where they are. */
  public void select(long chosen) {
    guarded(() -> read(chosen));
  }

  /** The same module anew. */
  public void again() {
    select(id);
  }

  /** New packets of this module. */
  public void refresh() {
    again();
  }

  /** The browser has scrolled the lower table: parameter {@code first}. */
  public void scroll() {
    guarded(() -> shown().moveTo(Asked.number("first")));
  }

  /** Narrows both tables to days: parameters {@code from} and {@code until}, empty = open. */
  public void narrow() {
    guarded(
        () -> {
          dates = Dates.of(Asked.text("from"), Asked.text("until"));
          toTop();
        });
  }

  /** Shows a tab. */
  public void show(Tab chosen) {
    guarded(
        () -> {
          tab = chosen;
          if (tab == Tab.COMMANDS) {
            read(id);
          }
          toTop();
        });
  }

  public Window<RecordLine> getRecords() {
    return records;
  }

  public Window<SessionLine> getSessions() {
    return sessions;
  }

  public Window<DeviceCommand> getOrders() {
    return orders;
  }

  public Tab getTab() {
    return tab;
  }

  public boolean isReadings() {
    return tab == Tab.READINGS;
  }

  /** The module; null if none is chosen or it is not to be seen. */
  public ModuleLine getLine() {
    return line;
  }

  /** Its id; 0 if there is none. */
  public long getId() {
    return line == null ? 0 : line.id();
  }

  /** Whether nobody has registered it. */
  public boolean isStranger() {
    return stranger;
  }

  /** What is said of it besides. */
  public DeviceBar getBar() {
    return bar;
  }

  /** The days to which the tables are narrowed; empty for all. */
  public String getDates() {
    return dates.text();
  }

  /** The first of these days as a date field takes it. */
  public String getFrom() {
    return dates.from() == null ? "" : dates.from().toString();
  }

  /** The last of these days as a date field takes it. */
  public String getUntil() {
    return dates.until() == null ? "" : dates.until().toString();
  }

  /** The day of the first row of the table that is shown; empty if it has none. */
  public String getSince() {
    return since;
  }

  /** Whether the last thing that was asked for could not be had; what was shown before stays. */
  public boolean isFailed() {
    return failed;
  }

  /** A whole number with the form of a noun that goes with it, in the viewer's language. */
  public String counted(long number, String forms) {
    return lines().whole(number) + " " + Plural.of(viewer.getLocale(), number, forms);
  }

  private Window<?> shown() {
    return switch (tab) {
      case SESSIONS -> sessions;
      case COMMANDS -> orders;
      case READINGS, CHART -> records;
    };
  }

  private void toTop() {
    records.moveTo(0);
    sessions.moveTo(0);
    orders.moveTo(0);
  }

  private void guarded(Runnable action) {
    viewer.scope();
    failed = false;
    try {
      action.run();
      if (tab != Tab.CHART) {
        shown().getTotal();
      }
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  private void read(long chosen) {
    boolean other = chosen != id;
    id = chosen;
    Scope scope = viewer.scope();
    DeviceId device = new DeviceId(id);
    Optional<DeviceRow> row = id == 0 ? Optional.empty() : directory.find(scope, device);
    Lines lines = lines();
    Map<Long, ModuleLine.Orders> said = signs.of(viewer.get(), row.stream().toList());
    line = row.map(r -> lines.module(r, 0, said.get(id))).orElse(null);
    stranger = row.map(r -> r.state() == DeviceRow.State.UNREGISTERED).orElse(false);
    // A year of days: read when the module is chosen, and not with every packet of it.
    if (other) {
      battery = row.flatMap(r -> outlook.battery(scope, device));
    }
    BarText text = new BarText(viewer.getLocale(), lines, names.bits(), clock.instant());
    bar =
        row.map(
                r ->
                    text.bar(
                        r, outlook.expected(scope, device), battery, outlook.errors(scope, device)))
            .orElse(null);
    if (other) {
      toTop();
    } else {
      records.again();
      sessions.again();
      orders.again();
    }
  }

  /** What the chosen dates mean to both tables. */
  Span span() {
    return dates.span(viewer.zone());
  }

  private Page<RecordLine> loadRecords(Slice slice) {
    if (line == null) {
      return new Page<>(List.of(), 0);
    }
    Span span = span();
    DeviceId device = new DeviceId(line.id());
    since(archive.first(viewer.scope(), device, span));
    Page<ReadingRow> page = archive.list(viewer.scope(), device, span, slice);
    Lines lines = lines();
    return Window.numbered(
        page,
        slice,
        (row, number) -> {
          int next = (int) (number - slice.offset());
          ReadingRow before = next < page.rows().size() ? page.rows().get(next) : null;
          return lines.record(row, before, number);
        });
  }

  private Page<SessionLine> loadSessions(Slice slice) {
    if (line == null) {
      return new Page<>(List.of(), 0);
    }
    Span span = span();
    DeviceId device = new DeviceId(line.id());
    since(history.first(viewer.caller(), device, span));
    return Window.numbered(
        history.list(viewer.caller(), device, span, slice), slice, lines()::session);
  }

  private Page<DeviceCommand> loadCommands(Slice slice) {
    if (line == null || !viewer.get().may(Permission.SEND_COMMANDS)) {
      return new Page<>(List.of(), 0);
    }
    DeviceId device = new DeviceId(line.id());
    DeviceCommands lines =
        new DeviceCommands(
            viewer.getLocale(), viewer.zone(), clock, outlook.expected(viewer.scope(), device));
    CommandFilter own = new CommandFilter(device, Set.of(), "", Span.ALL, null, null);
    return Window.numbered(
        commands.list(viewer.caller(), own, slice), slice, (row, number) -> lines.line(row));
  }

  private void since(Optional<Instant> first) {
    since = first.map(at -> lines().moment(at).date()).orElse("");
  }

  private Lines lines() {
    return new Lines(viewer.getLocale(), viewer.zone(), clock, names.bits());
  }
}
