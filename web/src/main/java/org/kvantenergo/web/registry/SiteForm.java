package org.kvantenergo.web.registry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.kvantenergo.registry.Location;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.Site;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.registry.Sites;

/** The drawer of «Адреса»: a new site, another name or place for the chosen one, or its end. */
@Named("siteForm")
@ViewScoped
public class SiteForm extends Drawer<SiteForm.Mode> {

  private static final long serialVersionUID = 1L;

  /** What can be done, as the page names it. */
  public enum Mode {
    /** Nothing: the drawer is shut. */
    NONE,
    /** A new site at the top. */
    TOP,
    /** A new site below the chosen one. */
    BELOW,
    /** The chosen one's name, place and facts. */
    CHANGE,
    /** The chosen one is removed. */
    REMOVE
  }

  private static final Map<Reason, String> FIELDS =
      Map.of(Reason.EXISTS, "name", Reason.VALUE, "parent");

  @Inject private transient Sites sites;
  @Inject private SitesView view;

  private Site read;

  public SiteForm() {
    super(Mode.class);
  }

  @Override
  protected boolean begin() {
    read = mode() == Mode.TOP ? null : chosen();
    if (read == null) {
      getForm().set("zone", viewer().zone().getId());
      getForm().set("kind", SiteKind.SETTLEMENT);
      return mode() == Mode.TOP;
    }
    show();
    return true;
  }

  private void show() {
    getForm().set("zone", read.zone().getId());
    if (mode() == Mode.BELOW) {
      getForm().set("kind", getKinds().isEmpty() ? null : getKinds().get(0));
    } else {
      getForm().set("name", read.name());
      getForm().set("guid", read.guid());
      getForm().set("location", located(read.location()));
      getForm().set("parent", above());
    }
  }

  /** As it is read again: latitude, longitude. */
  private static String located(Location location) {
    return location == null ? null : location.latitude() + ", " + location.longitude();
  }

  private String above() {
    return read.parent() == null
        ? null
        : sites.find(viewer().scope(), read.parent()).map(Site::address).orElse(null);
  }

  private Site chosen() {
    return sites.find(viewer().scope(), new SiteId(view.getSelectedId())).orElse(null);
  }

  @Override
  protected Runnable done() {
    long shown =
        switch (mode()) {
          case NONE -> 0;
          case TOP, BELOW -> add();
          case CHANGE -> change();
          case REMOVE -> remove();
        };
    return () -> view.changed(shown);
  }

  @Override
  protected String field(Reason reason) {
    String field = mode() == Mode.REMOVE ? null : FIELDS.get(reason);
    return field == null || mode() == Mode.CHANGE ? field : "name";
  }

  @Override
  protected void again() {
    Site now = chosen();
    if (now != null) {
      read = now;
      show();
    }
  }

  private long add() {
    Sites.Facts facts = facts();
    SiteKind kind = getForm().one("kind", SiteKind.class);
    if (kind == null || !getForm().ok()) {
      return 0;
    }
    return sites
        .add(
            viewer().caller(),
            viewer().scope().organisation(),
            read == null ? null : read.id(),
            kind,
            facts)
        .value();
  }

  private Sites.Facts facts() {
    String name = getForm().required("name", 100);
    ZoneId zone = getForm().zone("zone");
    UUID guid = getForm().guid("guid");
    return new Sites.Facts(name, zone, guid, getForm().location("location"));
  }

  private long change() {
    Sites.Facts facts = facts();
    SiteId parent = parent();
    if (getForm().ok()) {
      sites.change(viewer().caller(), read.id(), parent, facts, read.version());
    }
    return read.id().value();
  }

  /** Null at the top. */
  private SiteId parent() {
    String address = getForm().text("parent", 1000);
    if (address.isEmpty()) {
      return null;
    }
    Site parent = site("parent", address);
    return parent == null ? null : parent.id();
  }

  private long remove() {
    sites.remove(viewer().caller(), read.id());
    return read.parent() == null ? 0 : read.parent().value();
  }

  /** What can stand there, by name, from the top down. */
  public List<String> getKinds() {
    return Arrays.stream(SiteKind.values())
        .filter(kind -> read == null || kind.compareTo(read.kind()) > 0)
        .map(SiteKind::name)
        .toList();
  }

  /** Whether something can stand below the chosen one. */
  public boolean isRoom() {
    SiteLine line = view.getSelected();
    return line != null && !line.kind().equals(SiteKind.FLAT.name());
  }
}
