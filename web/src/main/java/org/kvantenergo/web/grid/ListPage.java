package org.kvantenergo.web.grid;

import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * A page with a list of which one row is chosen: scrolling, choosing, and what stays on the page
 * while the database is away. What is listed and what is shown of the chosen one is each page's
 * own.
 *
 * @param <L> the line
 */
public abstract class ListPage<L extends Line> implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private final transient Window<L> list = new Window<>(this::load);
  private long selectedId;
  private boolean failed;

  /** A slice of what is listed. */
  protected abstract Page<L> load(Slice slice);

  /**
   * Reads what is shown of the chosen one.
   *
   * @param id that a browser wrote; 0 for none
   */
  protected abstract void look(long id);

  /** «Обновить», and what a page does by itself. */
  public void refresh() {
    list.again();
    guarded(() -> select(selectedId));
  }

  /** The browser has scrolled: parameter {@code first}. */
  public void scroll() {
    list.moveTo(Asked.number("first"));
    guarded(() -> {});
  }

  /** A row was chosen: parameter {@code id}. */
  public void selectRow() {
    guarded(() -> select(Asked.number("id")));
  }

  /** Does something; what was shown before stays if it cannot be had. */
  protected void guarded(Runnable action) {
    failed = false;
    try {
      action.run();
      complete();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  /** Reads all that the page shows, so that a failure is known before the page is written. */
  protected void complete() {
    list.getTotal();
  }

  protected void select(long id) {
    selectedId = id;
    look(id);
  }

  protected void selectFirst() {
    List<L> shown = list.getLines();
    select(shown.isEmpty() ? 0 : shown.get(0).id());
  }

  protected CurrentViewer viewer() {
    return viewer;
  }

  protected Clock clock() {
    return clock;
  }

  /** The viewer's day. */
  protected LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), viewer.zone());
  }

  public Window<L> getList() {
    return list;
  }

  public long getSelectedId() {
    return selectedId;
  }

  /** Whether the last thing that was asked for could not be had; what was shown before stays. */
  public boolean isFailed() {
    return failed;
  }

  /** A whole number in the viewer's language. */
  public String whole(long number) {
    return new Numbers(viewer.getLocale()).whole(number);
  }

  /** A whole number with the form of a noun that goes with it, in the viewer's language. */
  public String counted(long number, String forms) {
    return whole(number) + " " + Plural.of(viewer.getLocale(), number, forms);
  }
}
