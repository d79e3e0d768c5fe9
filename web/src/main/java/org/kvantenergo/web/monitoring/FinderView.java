package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.kvantenergo.device.Condition;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.Identity;
import org.kvantenergo.device.Located;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/** «Инструменты → Поиск»: by serial number, IMEI and ICCID, one or many at once. */
@Named("finder")
@ViewScoped
public class FinderView implements Serializable {

  /** Most numbers of one search: what is found stays in the session. */
  public static final int MOST = 2000;

  private static final long serialVersionUID = 1L;
  private static final String DIGITS = "[0-9]{1,20}";
  private static final int LONGEST = 40;

  @Inject private transient DeviceDirectory directory;
  @Inject private CurrentViewer viewer;
  @Inject private MonitoringView monitoring;
  @Inject private SelectedView selected;
  @Inject private FleetFilterView filter;
  @Inject private SortView sorting;
  @Inject private TicksView ticks;
  @Inject private SideView side;

  private State state = State.NONE;
  private String text = "";
  private long place;
  private int times;
  private Found.Row hit;
  private Found found = new Found(List.of(), List.of());

  /** What the box says. */
  public enum State {
    /** Nothing. */
    NONE,
    /** What was typed is no number. */
    WRONG,
    /** No device that the viewer sees has the number. */
    MISSING,
    /** The device is in the table. */
    HERE,
    /** There is one, and the filter leaves it out. */
    OUTSIDE,
    /** More numbers than one search may have. */
    MANY
  }

  /** Looks for {@code text}: one number, or several with anything but digits between them. */
  public void find() {
    text = Asked.text("text").strip();
    hit = null;
    List<String> numbers = numbers(text);
    state = State.NONE;
    if (numbers.size() > MOST) {
      state = State.MANY;
    } else if (numbers.isEmpty() || numbers.stream().anyMatch(n -> !n.matches(DIGITS))) {
      state = text.isEmpty() ? State.NONE : State.WRONG;
    } else {
      monitoring.guarded(() -> look(numbers));
    }
    text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  private static List<String> numbers(String typed) {
    return Arrays.stream(typed.split("[\\s,;]+"))
        .filter(part -> !part.isEmpty())
        .distinct()
        .limit(MOST + 1L)
        .toList();
  }

  private void look(List<String> numbers) {
    Found all = located(numbers);
    if (numbers.size() == 1 && all.rows().size() <= 1) {
      if (all.rows().isEmpty()) {
        state = State.MISSING;
      } else {
        go(all.rows().get(0));
      }
      return;
    }
    found = all;
    text = "";
    side.show(SideView.Panel.FOUND);
  }

  private Found located(List<String> numbers) {
    List<Found.Row> rows = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>(numbers);
    Set<Long> once = new HashSet<>();
    for (Identity identity : Identity.values()) {
      for (Located.Found one : directory.locate(viewer.scope(), identity, numbers).found()) {
        missing.remove(one.value());
        if (once.add(one.device().value())) {
          rows.add(
              new Found.Row(one.device().value(), one.value(), identity.name(), one.registered()));
        }
      }
    }
    List<String> order = numbers;
    rows.sort(java.util.Comparator.comparingInt(row -> order.indexOf(row.value())));
    return new Found(List.copyOf(rows), List.copyOf(missing));
  }

  /** The found device {@code id}. */
  public void choose() {
    long id = Asked.number("id");
    monitoring.guarded(
        () -> found.rows().stream().filter(row -> row.id() == id).findFirst().ifPresent(this::go));
  }

  private void go(Found.Row row) {
    hit = row;
    OptionalLong at =
        filter.getRefused().isEmpty()
            ? directory.place(
                viewer.scope(), filter.filter(), sorting.order(), new DeviceId(row.id()))
            : OptionalLong.empty();
    state = at.isPresent() ? State.HERE : State.OUTSIDE;
    if (at.isPresent()) {
      place = at.getAsLong();
      times++;
      monitoring.reveal(place);
      selected.select(row.id());
    }
  }

  /** The filter leaves the device out: it is taken away. */
  public void widen() {
    if (hit != null) {
      monitoring.guarded(
          () -> {
            filter.all(hit.registered());
            ticks.filterChanged();
            go(hit);
          });
    }
  }

  /** Esc: what was found is no longer marked. */
  public void forget() {
    hit = null;
    state = State.NONE;
  }

  /** «Показать найденные»: the table lists them and no others. */
  public void showFound() {
    List<String> serials = new ArrayList<>();
    monitoring.guarded(
        () -> {
          for (List<DeviceId> part : parts()) {
            directory.find(viewer.scope(), part).stream()
                .filter(row -> row.state() != DeviceRow.State.UNREGISTERED)
                .forEach(row -> serials.add(Long.toString(row.serial())));
          }
        });
    if (!serials.isEmpty()) {
      filter.applyEverywhere(List.of(new Condition.OneOf(Condition.Attribute.SERIAL, serials)));
    }
  }

  /** «Отметить найденные». */
  public void tickFound() {
    monitoring.guarded(() -> parts().forEach(ticks::add));
  }

  private List<List<DeviceId>> parts() {
    List<DeviceId> ids =
        found.rows().stream()
            .filter(Found.Row::registered)
            .map(row -> new DeviceId(row.id()))
            .toList();
    List<List<DeviceId>> parts = new ArrayList<>();
    for (int at = 0; at < ids.size(); at += Slice.MAX_LIMIT) {
      parts.add(ids.subList(at, Math.min(ids.size(), at + Slice.MAX_LIMIT)));
    }
    return parts;
  }

  public State getState() {
    return state;
  }

  /** What stands in the box. */
  public String getText() {
    return text;
  }

  public Found getFound() {
    return found;
  }

  /** How many of the found devices are registered. */
  public long getRegistered() {
    return found.rows().stream().filter(Found.Row::registered).count();
  }

  /** Place of the device that was found, from 1. */
  public long getPlace() {
    return place + 1;
  }

  /** For the script: place from 0, id, column, and which search it was. Empty if none. */
  public String getHit() {
    return hit == null || state != State.HERE
        ? ""
        : place + " " + hit.id() + " " + hit.column() + " " + times;
  }
}
