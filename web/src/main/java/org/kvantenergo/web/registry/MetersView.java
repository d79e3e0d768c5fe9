package org.kvantenergo.web.registry;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kvantenergo.registry.MeterHistory;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.MeterRow;
import org.kvantenergo.registry.Registry;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.Window;

/** «Счётчики»: what is listed, what is chosen and what held for it. */
@Named("meters")
@ViewScoped
public class MetersView extends AsOfPage<MeterLine> {

  private static final long serialVersionUID = 1L;

  @Inject private transient Registry registry;

  private boolean ofDevice;
  private transient MeterLine selected;
  private transient List<Event> events = List.of();
  private transient List<Event> carriers = List.of();

  /** The address may also say which one to choose: {@code id}. */
  @PostConstruct
  void begin() {
    beginByAddress();
    long id = Asked.number("id");
    guarded(id == 0 ? this::selectFirst : () -> select(id));
  }

  /** A meter was changed by this page: it is shown, as things are now. */
  public void changed(MeterId meter) {
    getList().again();
    guarded(() -> select(meter.value()));
  }

  /** «История модуля», or that of the meter. */
  public void tab(boolean device) {
    ofDevice = device;
  }

  /** Where the list, as it was searched, is as a file. */
  public String file(String format) {
    return "meters-file?format="
        + format
        + (getSearched().isEmpty()
            ? ""
            : "&text=" + URLEncoder.encode(getSearched(), StandardCharsets.UTF_8))
        + (asOf() == null ? "" : "&at=" + asOf());
  }

  /** Whether the history of the device is shown, and not that of the meter. */
  public boolean isOfDevice() {
    return ofDevice;
  }

  /** On which meters the device was that is on the chosen one. */
  public List<Event> getCarriers() {
    return carriers;
  }

  /** The chosen meter; null if there is none. */
  public MeterLine getSelected() {
    return selected;
  }

  /** What held for it. */
  public List<Event> getEvents() {
    return events;
  }

  @Override
  protected void look(long id) {
    MeterId meter = new MeterId(id);
    MeterRow row = registry.find(viewer().scope(), meter, moment()).orElse(null);
    selected = row == null ? null : lines().line(row, 0);
    carriers =
        row == null || row.fitted() == null
            ? List.of()
            : lines().carriers(registry.ofDevice(viewer().scope(), row.fitted().device()));
    MeterHistory none = new MeterHistory(List.of(), List.of(), List.of(), List.of());
    events = lines().events(registry.history(viewer().scope(), meter).orElse(none));
  }

  @Override
  protected Page<MeterLine> load(Slice slice) {
    return Window.numbered(
        registry.list(viewer().scope(), getSearched(), moment(), slice), slice, lines()::line);
  }
}
