package org.kvantenergo.web.setaside;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kvantenergo.setaside.SetAsideFrames;
import org.kvantenergo.setaside.SetAsideFrames.Which;
import org.kvantenergo.setaside.SetAsideRow;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.grid.Window;
import org.kvantenergo.web.security.CurrentViewer;

/** «Отложенные пакеты»: what is listed, what is chosen, and trying again. */
@Named("setAside")
@ViewScoped
public class SetAsideView implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATEST = Duration.ofSeconds(30);
  private static final int DUE_LAG_SECONDS = 1;

  @Inject private transient SetAsideFrames frames;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private Which which = Which.WAITING;
  private long selectedId;
  private long waiting;
  private int hurried = -1;
  private boolean failed;
  private transient Instant nextTry;
  private transient FrameDetail selected;
  private final transient Window<FrameLine> list = new Window<>(this::load);

  @PostConstruct
  void begin() {
    guarded(this::selectFirst);
  }

  /** Waiting, stored or all. */
  public void show(Which chosen) {
    which = chosen;
    hurried = -1;
    list.moveTo(0);
    guarded(this::selectFirst);
  }

  /** «Обновить», and what the page does by itself. */
  public void refresh() {
    list.again();
    guarded(() -> select(selectedId));
  }

  /** The browser has scrolled: parameter {@code first}. */
  public void scroll() {
    list.moveTo(Long.parseLong(parameter("first")));
    guarded(() -> {});
  }

  /** A row was chosen: parameter {@code id}. */
  public void selectRow() {
    guarded(() -> select(Long.parseLong(parameter("id"))));
  }

  /**
   * «Повторить сейчас»: parameter {@code ids}, with commas between them; with parameter {@code all}
   * everything that waits but these.
   */
  public void retry() {
    guarded(
        () -> {
          List<Long> ids =
              Arrays.stream(parameter("ids").split(","))
                  .filter(id -> !id.isEmpty())
                  .map(Long::valueOf)
                  .toList();
          hurried =
              Boolean.parseBoolean(parameter("all"))
                  ? frames.retryAllNow(viewer.scope(), ids)
                  : frames.retryNow(viewer.scope(), ids);
          list.again();
          select(selectedId);
        });
  }

  public Window<FrameLine> getList() {
    return list;
  }

  /** Name of what is listed. */
  public String getWhich() {
    return which.name();
  }

  /** The chosen frame; null if there is none. */
  public FrameDetail getSelected() {
    return selected;
  }

  public long getSelectedId() {
    return selectedId;
  }

  /** How many wait, whatever is listed. */
  public long getWaiting() {
    return waiting;
  }

  /** How many were made due by the last «Повторить сейчас»; −1 before the first. */
  public int getHurried() {
    return hurried;
  }

  /** Whether the last thing that was asked for could not be had; what was shown before stays. */
  public boolean isFailed() {
    return failed;
  }

  /** When the page is to look again, ms: soon after the next attempt of a row that it shows. */
  public long getLookAgain() {
    if (nextTry == null) {
      return LATEST.toMillis();
    }
    long wait = Duration.between(clock.instant(), nextTry.plusSeconds(DUE_LAG_SECONDS)).toMillis();
    return Math.max(SOON.toMillis(), Math.min(LATEST.toMillis(), wait));
  }

  /** A whole number with the form of a noun that goes with it, in the viewer's language. */
  public String counted(long number, String forms) {
    return whole(number) + " " + Plural.of(viewer.getLocale(), number, forms);
  }

  /** A whole number in the viewer's language. */
  public String whole(long value) {
    return lines().whole(value);
  }

  private void guarded(Runnable action) {
    failed = false;
    try {
      action.run();
      list.getTotal();
      waiting = frames.waiting(viewer.scope());
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  private void selectFirst() {
    List<FrameLine> shown = list.getLines();
    select(shown.isEmpty() ? 0 : shown.get(0).id());
  }

  private void select(long id) {
    selectedId = id;
    selected =
        id == 0
            ? null
            : frames.find(viewer.scope(), id).map(frame -> lines().detail(frame)).orElse(null);
  }

  private Page<FrameLine> load(Slice slice) {
    Page<SetAsideRow> page = frames.list(viewer.scope(), which, slice);
    Lines lines = lines();
    List<FrameLine> shown = new ArrayList<>(page.rows().size());
    nextTry = null;
    for (SetAsideRow row : page.rows()) {
      shown.add(lines.line(row, slice.offset() + shown.size() + 1));
      if (row.nextTryAt() != null && (nextTry == null || row.nextTryAt().isBefore(nextTry))) {
        nextTry = row.nextTryAt();
      }
    }
    return new Page<>(shown, page.total());
  }

  private Lines lines() {
    return new Lines(viewer.getLocale(), viewer.zone(), clock);
  }

  private static String parameter(String name) {
    return FacesContext.getCurrentInstance()
        .getExternalContext()
        .getRequestParameterMap()
        .getOrDefault(name, "");
  }
}
