package org.kvantenergo.web.map;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.Serializable;
import java.text.MessageFormat;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.kvantenergo.registry.Site;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteMap;
import org.kvantenergo.registry.SiteMap.Box;
import org.kvantenergo.registry.SiteMap.Fitted;
import org.kvantenergo.registry.SiteMap.Mark;
import org.kvantenergo.registry.Sites;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;
import org.primefaces.PrimeFaces;

/** «Карта»: marks for the part that the browser looks at, and the meters of the chosen site. */
@Named("map")
@ViewScoped
public class MapView implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Lines beside the map. */
  private static final int MOST = 100;

  @Inject private transient SiteMap map;
  @Inject private transient Sites sites;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private transient Box bounds;
  private transient Site chosen;
  private transient Page<Fitted> fitted = new Page<>(List.of(), 0);
  private boolean failed;

  /** Parameter {@code site}: the map opens there. */
  @PostConstruct
  void begin() {
    guarded(
        () -> {
          bounds = map.bounds(viewer.scope()).orElse(null);
          choose(Asked.number("site"));
          if (chosen != null && chosen.location() != null) {
            double latitude = chosen.location().latitude();
            double longitude = chosen.location().longitude();
            bounds = new Box(latitude, longitude, latitude, longitude);
          }
        });
  }

  /** The browser looks at a part: parameters south, west, north, east; answers with its marks. */
  public void look() {
    guarded(
        () -> {
          Box box = new Box(degree("south"), degree("west"), degree("north"), degree("east"));
          JsonArrayBuilder marks = Json.createArrayBuilder();
          map.marks(viewer.scope(), box, clock.instant()).forEach(mark -> marks.add(json(mark)));
          PrimeFaces.current().ajax().addCallbackParam("marks", marks.build().toString());
        });
  }

  private jakarta.json.JsonObjectBuilder json(Mark mark) {
    return Json.createObjectBuilder()
        .add("at", Json.createArrayBuilder(List.of(mark.latitude(), mark.longitude())))
        .add("sites", mark.sites())
        .add("modules", mark.modules())
        .add("state", mark.state().name())
        .add("site", mark.one().value())
        .add("title", title(mark));
  }

  private String title(Mark mark) {
    String state = text("map.state." + mark.state().name());
    if (mark.sites() > 1) {
      return said("map.mark.many", whole(mark.sites()), whole(mark.modules()), state);
    }
    String address = sites.find(viewer.scope(), mark.one()).map(Site::address).orElse("");
    return said("map.mark.one", address, state);
  }

  /** What anybody can write; nothing that is no number. */
  private static double degree(String name) {
    String value = Asked.text(name);
    return value.matches("-?[0-9]{1,4}(\\.[0-9]{1,20})?") ? Double.parseDouble(value) : Double.NaN;
  }

  /** A mark was chosen: parameter {@code id}. */
  public void pick() {
    guarded(() -> choose(Asked.number("id")));
  }

  private void choose(long id) {
    Optional<Site> site = id == 0 ? Optional.empty() : sites.find(viewer.scope(), new SiteId(id));
    chosen = site.orElse(null);
    fitted =
        site.map(s -> map.fitted(viewer.scope(), s.id(), clock.instant(), new Slice(0, MOST)))
            .orElse(new Page<>(List.of(), 0));
  }

  /** Again, for what came since. */
  public void refresh() {
    guarded(() -> choose(chosen == null ? 0 : chosen.id().value()));
  }

  private void guarded(Runnable action) {
    failed = false;
    try {
      action.run();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  /** Whether the last thing that was asked for could not be had. */
  public boolean isFailed() {
    return failed;
  }

  /** «south,west,north,east» of all sites, or of the one that was asked for; empty if none has. */
  public String getBounds() {
    return bounds == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%.7f,%.7f,%.7f,%.7f",
            bounds.south(),
            bounds.west(),
            bounds.north(),
            bounds.east());
  }

  /** The chosen site; null if there is none. */
  public Site getChosen() {
    return chosen;
  }

  /** Its meters, the worst first; at most {@value #MOST} of them. */
  public List<Fitted> getFitted() {
    return fitted.rows();
  }

  /** What is left out of them, in words; empty if nothing is. */
  public String getMore() {
    return fitted.total() > MOST ? said("map.more", whole(MOST), whole(fitted.total())) : "";
  }

  /** The states, the worst first. */
  public List<String> getStates() {
    return List.of("DANGER", "WARN", "OPEN", "OK", "UNKNOWN");
  }

  /** Where a line's meter stands, below the chosen site; empty where it is that site. */
  public String below(Fitted line) {
    String address = line.address();
    String above = chosen.address() + ", ";
    return address.equals(chosen.address())
        ? ""
        : address.startsWith(above) ? address.substring(above.length()) : address;
  }

  /** Name of a state, of a line. */
  public String state(Fitted line) {
    return line.state().name();
  }

  /** The module of a line, in words. */
  public String module(Fitted line) {
    return line.device() == 0
        ? text("map.noModule")
        : said("map.module", Identifier.serial(line.number()).text());
  }

  private String whole(long value) {
    return new Numbers(viewer.getLocale()).whole(value);
  }

  private String said(String key, Object... values) {
    return new MessageFormat(text(key), viewer.getLocale()).format(values);
  }

  private String text(String key) {
    return ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale()).getString(key);
  }
}
