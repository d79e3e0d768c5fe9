package org.kvantenergo.web.devices;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kvantenergo.device.DeviceBook;
import org.kvantenergo.device.DeviceEntry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.DeviceSearch;
import org.kvantenergo.device.DeviceSearch.Which;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.ListPage;
import org.kvantenergo.web.grid.Window;

/** «Устройства»: what is listed, which one is chosen, and what was said of the last action. */
@Named("devices")
@ViewScoped
public class DevicesView extends ListPage<DeviceLine> {

  private static final long serialVersionUID = 1L;

  @Inject private transient DeviceBook book;

  private Which which = Which.UNREGISTERED;
  private String kind = "";
  private String text = "";
  private String model = "";
  private Heard heard = Heard.ANY;
  private String fault = "";
  private String note = "";
  private boolean done;
  private transient Map<Which, Long> counts = Map.of();
  private transient DeviceSearch search = DeviceSearch.of(Which.UNREGISTERED);
  private transient DeviceEntry chosen;
  private transient List<PastLine> past = List.of();

  /** When a device was heard last. */
  public enum Heard {
    /** Whenever. */
    ANY,
    /** Within the last hour. */
    HOUR,
    /** Within the last day. */
    DAY,
    /** Not within the last day. */
    NOT_DAY,
    /** Not within the last 30 days. */
    NOT_MONTH
  }

  @PostConstruct
  void begin() {
    guarded(
        () -> {
          counts = book.counts(viewer().caller());
          boolean strangers = counts.get(Which.UNREGISTERED) > 0;
          String asked = Asked.text("show");
          which =
              asked.matches("UNREGISTERED|SWAPPED|REGISTERED|BLOCKED|RETIRED")
                  ? Which.valueOf(asked)
                  : strangers ? Which.UNREGISTERED : Which.REGISTERED;
          search = searched();
          selectFirst();
          long id = Asked.number("id");
          if (id != 0) {
            select(id);
          }
        });
  }

  /** Those of a state. */
  public void show(Which chosenState) {
    which = chosenState;
    search();
  }

  /** What stands in the fields. */
  public void search() {
    say("", true);
    fault = Typed.number(text) ? Typed.model(model) ? "" : "dev.fault.model" : "dev.fault.digits";
    if (fault.isEmpty()) {
      guarded(
          () -> {
            search = searched();
            getList().moveTo(0);
            selectFirst();
          });
    }
  }

  private DeviceSearch searched() {
    Instant now = clock().instant();
    return new DeviceSearch(
        which,
        kind.isEmpty() ? null : DeviceRow.Kind.valueOf(kind),
        Typed.digits(text),
        Typed.modelOf(model),
        heard == Heard.HOUR || heard == Heard.DAY,
        switch (heard) {
          case ANY -> null;
          case HOUR -> now.minus(Duration.ofHours(1));
          case DAY, NOT_DAY -> now.minus(Duration.ofDays(1));
          case NOT_MONTH -> now.minus(Duration.ofDays(30));
        });
  }

  @Override
  public void refresh() {
    say("", true);
    reload();
  }

  /** Everything anew, as it is after a change; what was chosen stays so if it is still there. */
  void reload() {
    guarded(
        () -> {
          counts = book.counts(viewer().caller());
          getList().again();
          select(getSelectedId());
          if (chosen == null) {
            selectFirst();
          }
        });
  }

  @Override
  public void selectRow() {
    say("", true);
    super.selectRow();
  }

  /** Says what became of an action, by the key of a text; empty = nothing. */
  void say(String key, boolean good) {
    note = key;
    done = good;
  }

  @Override
  protected void look(long id) {
    Optional<DeviceEntry> found =
        id == 0 ? Optional.empty() : book.find(viewer().caller(), new DeviceId(id));
    chosen = found.orElse(null);
    past =
        found.isEmpty()
            ? List.of()
            : book.past(viewer().caller(), chosen.id()).stream().map(lines()::past).toList();
  }

  @Override
  protected Page<DeviceLine> load(Slice slice) {
    return Window.numbered(book.list(viewer().caller(), search, slice), slice, lines()::line);
  }

  private Lines lines() {
    return new Lines(viewer().getLocale(), viewer().zone(), clock());
  }

  /** The chosen device; null if there is none. */
  DeviceEntry chosen() {
    return chosen;
  }

  /** The chosen device as it is shown; null if there is none. */
  public DeviceLine getSelected() {
    return chosen == null ? null : lines().line(chosen, 0);
  }

  /** What the chosen device was before. */
  public List<PastLine> getPast() {
    return past;
  }

  /** How many devices there are of a state. */
  public String count(Which state) {
    return whole(counts.getOrDefault(state, 0L));
  }

  /** Whether there are any of a state. */
  public boolean some(Which state) {
    return counts.getOrDefault(state, 0L) > 0;
  }

  /** Whether the viewer sees devices that nobody registered. */
  public boolean isEverything() {
    return viewer().scope().everything();
  }

  /** Whether what nobody registered is listed: it can be ticked. */
  public boolean isTicking() {
    return which == Which.UNREGISTERED || which == Which.SWAPPED;
  }

  /** Whether anything but the state limits the list. */
  public boolean isLimited() {
    return !kind.isEmpty() || !text.isEmpty() || !model.isEmpty() || heard != Heard.ANY;
  }

  /** Takes all limits but the state away. */
  public void unlimited() {
    kind = "";
    text = "";
    model = "";
    heard = Heard.ANY;
    search();
  }

  /** Name of what is listed. */
  public String getWhich() {
    return which.name();
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String name) {
    kind = Typed.text(name);
  }

  public String getText() {
    return text;
  }

  public void setText(String typed) {
    text = Typed.text(typed);
  }

  public String getModel() {
    return model;
  }

  public void setModel(String typed) {
    model = Typed.text(typed);
  }

  public Heard getHeard() {
    return heard;
  }

  public void setHeard(Heard since) {
    heard = since == null ? Heard.ANY : since;
  }

  /** Key of what is wrong with the fields of the search; empty if nothing is. */
  public String getFault() {
    return fault;
  }

  /** Key of what to say of the last action; empty = nothing. */
  public String getNote() {
    return note;
  }

  public boolean isDone() {
    return done;
  }
}
