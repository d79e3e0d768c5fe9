package org.kvantenergo.web.fleet;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.device.ErrorNames;
import org.kvantenergo.device.FleetFigures;
import org.kvantenergo.device.FleetStatistics;
import org.kvantenergo.device.GroupSummary;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/** «Парк»: the figures of the fleet, or of one group, as bars that open the upper table. */
@Named("fleet")
@ViewScoped
public class FleetView implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient FleetStatistics statistics;
  @Inject private transient DeviceDirectory directory;
  @Inject private transient ErrorDictionary dictionary;
  @Inject private CurrentViewer viewer;

  private transient List<GroupSummary> groups = List.of();
  private transient FleetFigures figures;
  private transient Bars bars;
  private transient TableLinks links;
  private transient ErrorNames names = ErrorNames.NONE;
  private long group;
  private boolean failed;

  /** Parameter {@code g}: a group; everything else, all. */
  @PostConstruct
  void begin() {
    group = Asked.number("g");
    guarded(
        () -> {
          groups = directory.groups(viewer.scope());
          if (groups.stream().noneMatch(g -> g.id().value() == group)) {
            group = 0;
          }
          read();
        });
  }

  /** Again, for what came since. */
  public void refresh() {
    guarded(this::read);
  }

  private void read() {
    Optional<GroupId> of = group == 0 ? Optional.empty() : Optional.of(new GroupId(group));
    figures = statistics.figures(viewer.scope(), of);
    String root = FacesContext.getCurrentInstance().getExternalContext().getRequestContextPath();
    bars = new Bars(figures, root, group, viewer.getLocale(), viewer.zone());
    links = TableLinks.of(root, group);
    names = dictionary.names();
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

  /** Whether the last thing that was asked for could not be had; what was shown before stays. */
  public boolean isFailed() {
    return failed;
  }

  /** Null when they could never be had. */
  public FleetFigures getFigures() {
    return figures;
  }

  /** Time of the day at which the figures were read. */
  public String getAt() {
    return figures == null ? "" : bars.exact(figures.at());
  }

  /** The hour that the figures are about, H:mm. */
  public String getHour() {
    return bars.clock(figures.hour());
  }

  /** Its end. */
  public String getHourEnd() {
    return bars.clock(figures.hour().plusSeconds(3600));
  }

  public List<GroupSummary> getGroups() {
    return groups;
  }

  /** The chosen group; 0 = all. */
  public long getGroup() {
    return group;
  }

  /** Its name; empty for all. */
  public String getGroupName() {
    return groups.stream()
        .filter(g -> g.id().value() == group)
        .map(GroupSummary::name)
        .findFirst()
        .orElse("");
  }

  public List<Bar> getHours() {
    return bars.hours();
  }

  public List<Bars.Spike> getBurst() {
    return bars.burst();
  }

  public String getPeak() {
    return bars.peak();
  }

  /** Silent devices by group. */
  public List<Bar> getSilent() {
    Map<Long, String> names =
        groups.stream().collect(Collectors.toMap(g -> g.id().value(), GroupSummary::name));
    return bars.silent(names);
  }

  public List<Bar> getBits() {
    return bars.bits(names);
  }

  public List<Bar> getBattery() {
    return bars.battery();
  }

  public List<Bar> getRssi() {
    return bars.rssi();
  }

  /** Address of the upper table with one term of its filter; empty = all of the group. */
  public String link(String term) {
    return term.isEmpty() ? links.all() : links.with(term);
  }

  /** Address of those that reported in this hour. */
  public String getReportedLink() {
    return links.received(figures.hour(), null);
  }

  /** A whole number in the viewer's language. */
  public String whole(long value) {
    return bars.whole(value);
  }
}
