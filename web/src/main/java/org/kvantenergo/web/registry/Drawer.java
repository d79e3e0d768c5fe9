package org.kvantenergo.web.registry;

import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.util.List;
import org.kvantenergo.registry.RefusedException;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.Site;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * The drawer of a page of the register: one thing is done in it, and what cannot be is said at the
 * field that is to blame.
 *
 * @param <M> what can be done; the first is nothing: the drawer is shut
 */
public abstract class Drawer<M extends Enum<M>> implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_ADDRESS = 1000;

  @Inject private transient Picks picks;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private final Class<M> modes;
  private final Form form = new Form();
  private M mode;
  private transient List<Site> found = List.of();
  private transient String note;

  /**
   * A drawer that is shut.
   *
   * @param modes what can be done in it
   */
  protected Drawer(Class<M> modes) {
    this.modes = modes;
    this.mode = nothing();
  }

  /**
   * Writes what is known into the fields.
   *
   * @return false if it is about a chosen one and there is none: the drawer stays shut
   */
  protected abstract boolean begin();

  /**
   * Does it, if what is typed is right.
   *
   * @return what the page shows then; not called if something was wrong
   */
  protected abstract Runnable done();

  /** The field that says why it cannot be; null if none is to blame. */
  protected abstract String field(Reason reason);

  /** Somebody else was quicker: what they wrote is shown, to be looked at and corrected. */
  protected abstract void again();

  /**
   * Opens the drawer.
   *
   * @param what name of what is to be done
   */
  public void open(String what) {
    viewer.caller().require(Permission.REGISTER);
    form.begin();
    found = List.of();
    note = "";
    mode = Enum.valueOf(modes, what);
    if (!begin()) {
      mode = nothing();
    }
  }

  /** Shuts the drawer; nothing is done. */
  public void shut() {
    mode = nothing();
    note = "";
  }

  /** Does it, and shuts the drawer; if it cannot be, the fields say why. */
  public void save() {
    form.look();
    note = "";
    try {
      Runnable shown = done();
      if (form.ok()) {
        mode = nothing();
        shown.run();
      }
    } catch (RefusedException e) {
      String field = field(e.reason());
      if (field == null) {
        note = "form.no." + e.reason();
      } else {
        form.wrong(field, e.reason().name());
      }
      if (e.reason() == Reason.CHANGED) {
        again();
      }
    }
  }

  /** The one site that is meant by an address; null if there is none or are several. */
  protected Site site(String name, String address) {
    found = address.isEmpty() ? List.of() : picks.sites(viewer.scope(), address, form.text("site"));
    if (!address.isEmpty() && found.size() != 1) {
      form.wrong(name, found.isEmpty() ? "UNKNOWN_SITE" : "SEVERAL_SITES");
    }
    return found.size() == 1 ? found.get(0) : null;
  }

  /** The same of a field that must not be empty. */
  protected Site requiredSite(String name) {
    return site(name, form.required(name, LONGEST_ADDRESS));
  }

  private M nothing() {
    return modes.getEnumConstants()[0];
  }

  protected M mode() {
    return mode;
  }

  protected Picks picks() {
    return picks;
  }

  protected Clock clock() {
    return clock;
  }

  protected CurrentViewer viewer() {
    return viewer;
  }

  public Form getForm() {
    return form;
  }

  /** What is done, by name. */
  public String getMode() {
    return mode.name();
  }

  public boolean isOpened() {
    return mode != nothing();
  }

  /** Sites that could be meant, while it is not clear which. */
  public List<Site> getSites() {
    return found == null || found.size() < 2 ? List.of() : found;
  }

  /** Key of what is wrong with the whole; empty if nothing is. */
  public String getNote() {
    return note == null ? "" : note;
  }
}
