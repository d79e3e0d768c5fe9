package org.kvantenergo.web.monitoring;

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
  static final int ROWS = 80;

  private static final long serialVersionUID = 1L;

  private final transient Loader<L> loader;
  private long first;
  private transient Page<L> page;

  /**
   * Where lines come from.
   *
   * @param <L> the line
   */
  interface Loader<L> {
    Page<L> load(Slice slice);
  }

  Window(Loader<L> loader) {
    this.loader = loader;
  }

  /** Moves the window; what was loaded is forgotten. */
  void moveTo(long row) {
    first = Math.max(0, row);
    page = null;
  }

  /** Row of the whole list with which the window begins, from 0. */
  public long getFirst() {
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
  void replace(Page<L> other) {
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
    if (page == null) {
      page = loader.load(new Slice(first, ROWS));
      if (page.rows().isEmpty() && page.total() > 0) {
        first = Math.max(0, page.total() - ROWS);
        page = loader.load(new Slice(first, ROWS));
      }
    }
    return page;
  }
}
