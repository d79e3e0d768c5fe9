package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.kvantenergo.device.BadFilterException;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceOrder.By;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/** How the upper table is sorted; remembered with the columns. */
@Named("sorting")
@ViewScoped
public class SortView implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private CurrentViewer viewer;
  @Inject private MonitoringView monitoring;
  @Inject private SavedViews views;

  private transient DeviceOrder order = DeviceOrder.SERIAL;

  /**
   * What a header shows.
   *
   * @param ascending direction
   * @param number which key it is, from 1; 0 if it is the only one
   */
  public record Mark(boolean ascending, int number) {}

  /** As an address or a view says it; one that cannot be understood is the first one. */
  void look(String text) {
    try {
      order = text.isEmpty() ? DeviceOrder.SERIAL : DeviceOrder.parse(text);
    } catch (BadFilterException e) {
      order = DeviceOrder.SERIAL;
    }
  }

  /** One of the manual's three orders. */
  public void by(DeviceOrder.Key key, boolean ascending) {
    change(new DeviceOrder(key, ascending));
  }

  /** The header of the column {@code key}; with {@code add} beside the keys that are there. */
  public void head() {
    String name = Asked.text("key");
    for (ModuleColumn column : ModuleColumn.values()) {
      if (column.name().equals(name)) {
        DeviceOrder.Key key = DeviceOrder.Key.valueOf(name);
        change(Asked.text("add").isEmpty() ? alone(key) : beside(key));
      }
    }
  }

  private DeviceOrder alone(DeviceOrder.Key key) {
    boolean same = order.keys().size() == 1 && order.key() == key;
    return new DeviceOrder(key, !same || !order.ascending());
  }

  /** Upwards, then downwards, then not any more. */
  private DeviceOrder beside(DeviceOrder.Key key) {
    List<By> keys = new ArrayList<>(order.keys());
    int at = keys.stream().map(By::key).toList().indexOf(key);
    if (at < 0) {
      if (keys.size() == DeviceOrder.MOST_KEYS) {
        keys.remove(keys.size() - 1);
      }
      keys.add(new By(key, true));
    } else if (keys.get(at).ascending()) {
      keys.set(at, new By(key, false));
    } else if (keys.size() > 1) {
      keys.remove(at);
    } else {
      keys.set(at, new By(key, true));
    }
    return new DeviceOrder(keys);
  }

  private void change(DeviceOrder other) {
    monitoring.guarded(
        () -> {
          order = other;
          views.changed();
          monitoring.reorder();
        });
  }

  DeviceOrder order() {
    return order;
  }

  public DeviceOrder getOrder() {
    return order;
  }

  /** By name of the column; «days of work» also shows the order by date of registration. */
  public Map<String, Mark> getMarks() {
    Map<String, Mark> marks = new TreeMap<>();
    List<By> keys = order.keys();
    for (int i = 0; i < keys.size(); i++) {
      DeviceOrder.Key key =
          keys.get(i).key() == DeviceOrder.Key.COMMISSIONED
              ? DeviceOrder.Key.DAYS
              : keys.get(i).key();
      marks.putIfAbsent(key.name(), new Mark(keys.get(i).ascending(), keys.size() > 1 ? i + 1 : 0));
    }
    return marks;
  }

  /** In words, for the footer. */
  public String getSaid() {
    ResourceBundle texts = ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale());
    List<String> said = new ArrayList<>();
    for (By by : order.keys()) {
      String name =
          by.key() == DeviceOrder.Key.COMMISSIONED
              ? texts.getString("filter.commissioned")
              : texts.getString(ModuleColumn.valueOf(by.key().name()).text());
      said.add(name + (by.ascending() ? " ↑" : " ↓"));
    }
    return String.join(", ", said);
  }
}
