package org.kvantenergo.web.monitoring;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.view.Look;
import org.kvantenergo.view.Ready;
import org.kvantenergo.view.SavedView;
import org.kvantenergo.view.Shelf;
import org.kvantenergo.view.ViewId;
import org.kvantenergo.view.ViewRefusedException;
import org.kvantenergo.view.Views;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/** Views of the upper table: which one is open, and whether it was changed since. */
@Named("savedViews")
@ViewScoped
public class SavedViews implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient Views views;
  @Inject private CurrentViewer viewer;
  @Inject private MonitoringView monitoring;
  @Inject private ColumnsView columns;
  @Inject private FleetFilterView filter;
  @Inject private SortView sorting;
  @Inject private TicksView ticks;

  private transient Shelf shelf;
  private transient SavedView open;
  private Ready ready = Ready.MANUAL;
  private boolean unknown;
  private String note = "";
  private boolean done;

  /** The page opens: with what the address asks for, else with what was chosen to begin with. */
  void begin() {
    Shelf own = shelf();
    if (!Asked.text("view").isEmpty()) {
      Optional<SavedView> asked = views.find(viewer.caller(), new ViewId(Asked.number("view")));
      unknown = asked.isEmpty();
      open = asked.orElse(null);
    } else if (own.start() != null) {
      open = own(own.start().value()).orElse(null);
    }
    String groups = "";
    String terms = "";
    if (open != null) {
      columns.look(open.look().columns(), open.look().density());
      sorting.look(open.look().sorting());
      groups = open.look().groups();
      terms = open.look().filter();
    } else {
      openReady();
    }
    boolean filtered = !Asked.text("g").isEmpty() || !Asked.text("f").isEmpty();
    filter.look(filtered ? Asked.text("g") : groups, filtered ? Asked.text("f") : terms);
    if (!Asked.text("o").isEmpty()) {
      sorting.look(Asked.text("o"));
    }
  }

  private void openReady() {
    ready = shelf().ready() == Ready.DUTY ? Ready.DUTY : Ready.MANUAL;
    Look left = shelf().left();
    if (left != null) {
      sorting.look(left.sorting());
    }
    boolean asLeft = shelf().ready() == Ready.LAST && left != null;
    String density = left == null ? "" : left.density();
    columns.look(asLeft ? left.columns() : text(ready), density);
    if (asLeft && left.columns().equals(Layout.DUTY)) {
      ready = Ready.DUTY;
    }
  }

  private static String text(Ready ready) {
    return ready == Ready.DUTY ? Layout.DUTY : "";
  }

  /** Before the page is shown: answers 404 where there is no view that may be seen. */
  public void load() throws IOException {
    viewer.requireReading();
    monitoring.getModules().getTotal();
    if (unknown) {
      FacesContext faces = FacesContext.getCurrentInstance();
      faces.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, "");
      faces.responseComplete();
    }
  }

  /** Columns, height of rows or order were changed: that is remembered at once. */
  void changed() {
    note = "";
    monitoring.guarded(() -> views.keep(viewer.caller(), look()));
  }

  private Look look() {
    return new Look(
        columns.text(),
        columns.getDensity(),
        sorting.order().text(),
        filter.groupsText(),
        filter.termsText());
  }

  /** Opens the view {@code view}: an id, or the name of a ready one. */
  public void open() {
    monitoring.guarded(
        () -> {
          String asked = Asked.text("view");
          note = "";
          if (asked.equals(Ready.MANUAL.name()) || asked.equals(Ready.DUTY.name())) {
            open = null;
            ready = Ready.valueOf(asked);
            columns.look(text(ready), columns.getDensity());
          } else {
            own(Asked.number("view")).ifPresent(this::show);
          }
          views.keep(viewer.caller(), look());
        });
  }

  private void show(SavedView view) {
    open = view;
    columns.look(view.look().columns(), view.look().density());
    sorting.look(view.look().sorting());
    filter.look(view.look().groups(), view.look().filter());
    ticks.filterChanged();
    monitoring.restart();
  }

  /** Saves what is seen under the new name {@code name}. */
  public void add() {
    attempt(
        () -> {
          ViewId id = views.add(viewer.caller(), Asked.text("name"), look());
          refresh();
          open = own(id.value()).orElse(null);
        });
  }

  /** Saves what is seen in the open view, which is one's own. */
  public void save() {
    attempt(
        () -> {
          if (open != null && open.own()) {
            views.save(viewer.caller(), open.id(), look());
            refresh();
          }
        });
  }

  /** Names the view {@code view} anew ({@code name}), or with {@code shared} shares it. */
  public void change() {
    attempt(
        () -> {
          ViewId id = new ViewId(Asked.number("view"));
          views.change(viewer.caller(), id, Asked.text("name"), !Asked.text("shared").isEmpty());
          refresh();
        });
  }

  /** Forgets the view {@code view}. */
  public void remove() {
    attempt(
        () -> {
          ViewId id = new ViewId(Asked.number("view"));
          views.remove(viewer.caller(), id);
          refresh();
          if (open != null && open.id().equals(id)) {
            open = null;
          }
        });
  }

  /** The page begins with the view {@code view} from now on: an id, or the name of a ready one. */
  public void start() {
    attempt(
        () -> {
          String asked = Asked.text("view");
          if (asked.matches("LAST|MANUAL|DUTY")) {
            views.startWithReady(viewer.caller(), Ready.valueOf(asked));
          } else {
            views.startWith(viewer.caller(), new ViewId(Asked.number("view")));
          }
          refresh();
        });
  }

  private void attempt(Runnable action) {
    note = "";
    done = false;
    monitoring.guarded(
        () -> {
          try {
            action.run();
            done = true;
          } catch (ViewRefusedException e) {
            note = "view.no." + e.reason();
          }
        });
  }

  private void refresh() {
    shelf = views.shelf(viewer.caller());
    if (open != null && open.own()) {
      open = own(open.id().value()).orElse(null);
    }
  }

  private Shelf shelf() {
    if (shelf == null) {
      shelf = views.shelf(viewer.caller());
    }
    return shelf;
  }

  private Optional<SavedView> own(long id) {
    return shelf().views().stream().filter(view -> view.id().value() == id).findFirst();
  }

  /** The open view as a parameter of an address; empty for the ready ones. */
  String address() {
    return open == null || isChanged() ? "" : "&view=" + open.id().value();
  }

  /** One's own views. */
  public List<SavedView> getOwn() {
    return shelf == null ? List.of() : shelf.views();
  }

  /** The open view; null if it is a ready one. */
  public SavedView getOpened() {
    return open;
  }

  /** Name of the ready view that is open, if none of one's own is. */
  public String getReady() {
    return ready.name();
  }

  /** Whether what is seen is no longer what was opened. */
  public boolean isChanged() {
    return open == null ? !columns.text().equals(text(ready)) : !open.look().equals(look());
  }

  /** Whether the page begins with a view: an id, or the name of a ready one. */
  public boolean starts(String view) {
    if (shelf == null) {
      return false;
    }
    return shelf.start() == null
        ? shelf.ready().name().equals(view)
        : Long.toString(shelf.start().value()).equals(view);
  }

  /** Key of why the last thing could not be done; empty if it could. */
  public String getNote() {
    return note;
  }

  /** Whether the last thing was done. */
  public boolean isDone() {
    return done;
  }
}
