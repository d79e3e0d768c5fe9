package org.kvantenergo.web.monitoring;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.GroupSummary;
import org.kvantenergo.reading.ReadingArchive;
import org.kvantenergo.session.SessionHistory;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.Window;
import org.kvantenergo.web.security.CurrentViewer;

/** What is chosen on the monitoring page, and the windows of its tables. */
@Named("monitoring")
@ViewScoped
public class MonitoringView implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String TEXTS = "org.kvantenergo.web.text";

  @Inject private transient DeviceDirectory directory;
  @Inject private transient ReadingArchive archive;
  @Inject private transient SessionHistory history;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private transient List<GroupSummary> groups = List.of();
  private transient DeviceFilter filter = new DeviceFilter.All();
  private transient DeviceOrder order = new DeviceOrder(DeviceOrder.Key.SERIAL, true);
  private Tab tab = Tab.READINGS;
  private long selectedId;
  private long fresh;
  private long strangers;
  private boolean failed;
  private transient ModuleLine selected;
  private transient ClockLag lag;
  private final transient Window<ModuleLine> modules = new Window<>(this::loadModules);
  private final transient Window<RecordLine> records = new Window<>(this::loadRecords);
  private final transient Window<SessionLine> sessions = new Window<>(this::loadSessions);

  /** The tabs of the lower part. */
  public enum Tab {
    /** «Переданные показания». */
    READINGS,
    /** «Расширенная информация». */
    SESSIONS
  }

  @PostConstruct
  void begin() {
    guarded(
        () -> {
          census();
          filter =
              groups.isEmpty()
                  ? new DeviceFilter.All()
                  : new DeviceFilter.InGroup(groups.get(0).id());
          if (!asked(Asked.number("device"))) {
            selectFirst();
          }
        });
  }

  /** Another page leads to a device; whether it is to be seen. */
  private boolean asked(long id) {
    Optional<DeviceRow> device =
        id == 0 ? Optional.empty() : directory.find(viewer.scope(), new DeviceId(id));
    device.ifPresent(
        row -> {
          filter =
              row.state() == DeviceRow.State.UNREGISTERED
                  ? new DeviceFilter.Unregistered()
                  : new DeviceFilter.All();
          select(id);
        });
    return device.isPresent();
  }

  /** A group; 0 = all, −1 = not registered. */
  public void choose(long group) {
    guarded(
        () -> {
          census();
          filter =
              group == 0
                  ? new DeviceFilter.All()
                  : group < 0
                      ? new DeviceFilter.Unregistered()
                      : new DeviceFilter.InGroup(new GroupId(group));
          modules.moveTo(0);
          selectFirst();
        });
  }

  /** One of the manual's three orders. */
  public void sort(DeviceOrder.Key key, boolean ascending) {
    guarded(
        () -> {
          order = new DeviceOrder(key, ascending);
          modules.moveTo(0);
        });
  }

  /** «Обновить»: everything anew. */
  public void reload() {
    guarded(
        () -> {
          census();
          modules.again();
          select(selectedId);
        });
  }

  /** The browser has scrolled: parameter {@code first}. */
  public void scrollModules() {
    guarded(() -> modules.moveTo(Asked.number("first")));
  }

  /** The browser has scrolled the lower table: parameter {@code first}. */
  public void scrollLower() {
    guarded(() -> (readings() ? records : sessions).moveTo(Asked.number("first")));
  }

  /** A row was chosen: parameter {@code id}. */
  public void selectRow() {
    guarded(() -> select(Asked.number("id")));
  }

  /**
   * New packets: the same rows in the same places with their new values. What they would be ordered
   * like now is offered, not forced.
   */
  public void refreshModules() {
    guarded(
        () -> {
          List<ModuleLine> shown = modules.getLines();
          Map<Long, DeviceRow> now = new HashMap<>();
          directory
              .find(viewer.scope(), shown.stream().map(line -> new DeviceId(line.id())).toList())
              .forEach(row -> now.put(row.id().value(), row));
          Lines lines = lines();
          List<ModuleLine> next = new ArrayList<>(shown.size());
          long number = modules.getFirst();
          for (ModuleLine line : shown) {
            number++;
            next.add(now.containsKey(line.id()) ? lines.module(now.get(line.id()), number) : line);
          }
          long total = directory.list(viewer.scope(), filter, order, new Slice(0, 1)).total();
          fresh = Math.max(0, total - modules.getTotal());
          modules.replace(new Page<>(next, modules.getTotal()));
        });
  }

  /** New packets of the selected device. */
  public void refreshLower() {
    guarded(() -> select(selectedId));
  }

  /** Shows a tab. */
  public void show(Tab chosen) {
    guarded(
        () -> {
          tab = chosen;
          records.moveTo(0);
          sessions.moveTo(0);
        });
  }

  public Window<ModuleLine> getModules() {
    return modules;
  }

  public Window<RecordLine> getRecords() {
    return records;
  }

  public Window<SessionLine> getSessions() {
    return sessions;
  }

  public Tab getTab() {
    return tab;
  }

  public boolean isReadings() {
    return readings();
  }

  public List<GroupSummary> getGroups() {
    return groups;
  }

  public DeviceOrder getOrder() {
    return order;
  }

  /** The selected module; null if there is none. */
  public ModuleLine getSelected() {
    return selected;
  }

  /** How far the clocks of the selected module are off. */
  public ClockLag getLag() {
    return lag;
  }

  /** The chosen group; 0 = all, −1 = not registered. */
  public long getGroupId() {
    if (filter instanceof DeviceFilter.InGroup in) {
      return in.group().value();
    }
    return filter instanceof DeviceFilter.Unregistered ? -1 : 0;
  }

  /** Name of the chosen group, empty for all and for those that are not registered. */
  public String getGroupName() {
    return groups.stream()
        .filter(g -> g.id().value() == getGroupId())
        .map(GroupSummary::name)
        .findFirst()
        .orElse("");
  }

  /** Name of the chosen group's owner; of the first one's while none is chosen. */
  public String getOrganisation() {
    return groups.stream()
        .filter(g -> g.id().value() == getGroupId())
        .findFirst()
        .or(() -> groups.stream().findFirst())
        .map(GroupSummary::organisation)
        .orElse("");
  }

  /** How many devices report without being registered, as far as the viewer may know. */
  public long getStrangers() {
    return strangers;
  }

  /** How many devices the groups hold. */
  public long getAll() {
    return groups.stream().mapToLong(GroupSummary::devices).sum();
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

  private void census() {
    groups = directory.groups(viewer.scope());
    strangers = directory.unregistered(viewer.scope());
  }

  private void guarded(Runnable action) {
    failed = false;
    try {
      action.run();
      modules.getTotal();
      (readings() ? records : sessions).getTotal();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  private boolean readings() {
    return tab == Tab.READINGS;
  }

  private void selectFirst() {
    List<ModuleLine> shown = modules.getLines();
    select(shown.isEmpty() ? 0 : shown.get(0).id());
  }

  private void select(long id) {
    boolean other = id != selectedId;
    selectedId = id;
    Optional<DeviceRow> row =
        id == 0 ? Optional.empty() : directory.find(viewer.scope(), new DeviceId(id));
    Lines lines = lines();
    selected = row.map(r -> lines.module(r, 0)).orElse(null);
    ResourceBundle texts = ResourceBundle.getBundle(TEXTS, viewer.getLocale());
    lag =
        row.map(r -> lines.lag(r.contact(), texts.getString("unit.s"), texts.getString("unit.min")))
            .orElse(null);
    if (other) {
      records.moveTo(0);
      sessions.moveTo(0);
    } else {
      records.again();
      sessions.again();
    }
  }

  private Page<ModuleLine> loadModules(Slice slice) {
    fresh = 0;
    return Window.numbered(
        directory.list(viewer.scope(), filter, order, slice), slice, lines()::module);
  }

  private Page<RecordLine> loadRecords(Slice slice) {
    if (selected == null) {
      return new Page<>(List.of(), 0);
    }
    return Window.numbered(
        archive.list(viewer.scope(), new DeviceId(selected.id()), slice), slice, lines()::record);
  }

  private Page<SessionLine> loadSessions(Slice slice) {
    if (selected == null) {
      return new Page<>(List.of(), 0);
    }
    return Window.numbered(
        history.list(viewer.caller(), new DeviceId(selected.id()), slice), slice, lines()::session);
  }

  private Lines lines() {
    return new Lines(viewer.getLocale(), viewer.zone(), clock);
  }
}
