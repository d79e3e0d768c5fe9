package org.kvantenergo.web.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/**
 * The rows of a table that are near what is seen. The browser keeps a full-length scroll bar and
 * asks for another window when it nears the end of this one; a window is one slice in SQL.
 *
 * @param <L> the line
 */
public final class Window<L> extends LazyDataModel<L> {

  /** Rows of a window. */
  public static final int ROWS = 80;

  private static final long serialVersionUID = 1L;

  private final transient Loader<L> loader;
  private long first;
  private long wanted;
  private boolean stale = true;
  private transient Page<L> page = new Page<>(List.of(), 0);

  /**
   * Where lines come from.
   *
   * @param <L> the line
   */
  public interface Loader<L> {
    /** A slice of the list. */
    Page<L> load(Slice slice);
  }

  /**
   * How a row is shown.
   *
   * @param <R> the row
   * @param <L> the line
   */
  public interface Shown<R, L> {
    /** The line of a row that has a number in the whole list, from 1. */
    L line(R row, long number);
  }

  /** The lines of a slice, numbered as in the whole list. */
  public static <R, L> Page<L> numbered(Page<R> rows, Slice slice, Shown<R, L> shown) {
    List<L> lines = new ArrayList<>(rows.rows().size());
    for (R row : rows.rows()) {
      lines.add(shown.line(row, slice.offset() + lines.size() + 1));
    }
    return new Page<>(lines, rows.total());
  }

  /** Begins at the first row, and loads when it is first asked. */
  public Window(Loader<L> loader) {
    this.loader = loader;
  }

  /** Moves the window; what was loaded stays until the new place could be loaded. */
  public void moveTo(long row) {
    wanted = Math.max(0, row);
    stale = true;
  }

  /** Loads the same place anew. */
  public void again() {
    stale = true;
  }

  /** Row of the whole list with which the window begins, from 0. */
  public long getFirst() {
    page();
    return first;
  }

  /** How many rows there are in all. */
  public long getTotal() {
    return page().total();
  }

  /** The lines of the window. */
  public List<L> getLines() {
    return page().rows();
  }

  /** Puts other lines in the place of those that are shown. */
  public void replace(Page<L> other) {
    stale = false;
    page = other;
  }

  @Override
  public int count(Map<String, FilterMeta> filters) {
    return page().rows().size();
  }

  /** The table is given the window alone; where it stands in the list is the browser's business. */
  @Override
  public List<L> load(
      int from, int size, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
    return page().rows();
  }

  private Page<L> page() {
    if (stale) {
      // Tried once: after a failure the old rows stay until somebody asks again.
      stale = false;
      Page<L> loaded = loader.load(new Slice(wanted, ROWS));
      if (loaded.rows().isEmpty() && loaded.total() > 0) {
        wanted = Math.max(0, loaded.total() - ROWS);
        loaded = loader.load(new Slice(wanted, ROWS));
      }
      page = loaded;
      first = wanted;
    }
    return page;
  }
}
