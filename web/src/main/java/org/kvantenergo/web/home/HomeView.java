package org.kvantenergo.web.home;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import org.kvantenergo.account.Users;
import org.kvantenergo.command.Commands;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.FleetFigures;
import org.kvantenergo.device.FleetStatistics;
import org.kvantenergo.registry.Registry;
import org.kvantenergo.setaside.SetAsideFrames;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.fleet.Bar;
import org.kvantenergo.web.fleet.Bars;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.security.CurrentViewer;
import org.kvantenergo.web.security.ModePages;

/** «Модули системы»: tiles with live figures, each for whoever may open what it leads to. */
@Named("home")
@ViewScoped
public class HomeView implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final Slice NO_ROWS = new Slice(0, 1);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);

  @Inject private transient FleetStatistics statistics;
  @Inject private transient DeviceDirectory directory;
  @Inject private transient SetAsideFrames frames;
  @Inject private transient Registry registry;
  @Inject private transient Users users;
  @Inject private transient Commands commands;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;
  @Inject private ModePages pages;

  private transient FleetFigures fleet;
  private transient Bars bars;
  private long strangers;
  private long waiting;
  private long underWay;
  private long meters;
  private long people;
  private boolean failed;

  @PostConstruct
  void begin() {
    pages.beginAnew();
    guarded(
        () -> {
          if (viewer.may("MANAGE_USERS")) {
            people = users.list(viewer.caller(), "", NO_ROWS).total();
          }
          if (viewer.may("READ_DEVICES")) {
            meters = registry.list(viewer.scope(), "", clock.instant(), NO_ROWS).total();
            read();
          }
        });
  }

  /** The figures of devices again. */
  public void refresh() {
    guarded(this::read);
  }

  private void read() {
    String root = FacesContext.getCurrentInstance().getExternalContext().getRequestContextPath();
    fleet = statistics.figures(viewer.scope(), Optional.empty());
    bars = new Bars(fleet, root, 0, viewer.getLocale(), viewer.zone());
    strangers = directory.unregistered(viewer.scope());
    waiting = frames.waiting(viewer.scope());
    underWay = 0;
    if (viewer.may("SEND_COMMANDS")) {
      underWay =
          commands.underWay(viewer.caller()).values().stream().mapToLong(Long::longValue).sum();
    }
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

  /** Whether the figures could not be had; the tiles open what they open all the same. */
  public boolean isFailed() {
    return failed;
  }

  /** Null while there are none. */
  public FleetFigures getFleet() {
    return fleet;
  }

  public List<Bar> getHours() {
    return bars.hours();
  }

  /** What the hours were like: how many usually report, and the worst hour if it stands out. */
  public String getUsual() {
    ResourceBundle texts = ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale());
    long usual = bars.usual();
    if (usual == 0) {
      return texts.getString("home.hours.unknown");
    }
    Optional<FleetFigures.Hour> worst =
        fleet.hours().stream()
            .filter(hour -> hour.reported() != null && !hour.from().equals(fleet.hour()))
            .filter(hour -> hour.reported() < usual * 4 / 5)
            .min((a, b) -> Objects.compare(a.reported(), b.reported(), Long::compare));
    String said = message(texts.getString("home.hours.usual"), whole(usual));
    return worst
        .map(
            hour ->
                said
                    + message(
                        texts.getString("home.hours.worst"),
                        bars.clock(hour.from()),
                        whole(hour.reported())))
        .orElse(said);
  }

  private String message(String text, Object... values) {
    return new MessageFormat(text, viewer.getLocale()).format(values);
  }

  /** Beginning of the first hour that is shown, H:mm. */
  public String getFirst() {
    return bars.clock(fleet.hours().get(0).from());
  }

  /** Beginning of the last one. */
  public String getLast() {
    return bars.clock(fleet.hour());
  }

  /** Devices that report without being registered. */
  public long getStrangers() {
    return strangers;
  }

  /** Frames that were set aside and wait. */
  public long getWaiting() {
    return waiting;
  }

  /** Commands that may still be sent, or wait for a proof. */
  public long getUnderWay() {
    return underWay;
  }

  public long getMeters() {
    return meters;
  }

  public long getPeople() {
    return people;
  }

  /** Whether the viewer sees devices that nobody owns. */
  public boolean isStrangersSeen() {
    return viewer.may("READ_DEVICES") && viewer.may("REGISTER") && viewer.scope().everything();
  }

  /** The first page about people, rights and the audit that the viewer may open; empty if none. */
  public String getAdministration() {
    if (viewer.may("MANAGE_USERS")) {
      return "users.xhtml";
    }
    if (viewer.may("MANAGE_ROLES")) {
      return "roles.xhtml";
    }
    if (viewer.may("MANAGE_ORGANISATIONS")) {
      return "organisations.xhtml";
    }
    return viewer.may("READ_AUDIT") ? "audit.xhtml" : "";
  }

  /** Today's date in the viewer's zone. */
  public String getToday() {
    return DAY.format(LocalDate.ofInstant(clock.instant(), viewer.zone()));
  }

  /** When the figures were read, H:mm:ss. */
  public String getAt() {
    return DateTimeFormatter.ofPattern("H:mm:ss", Locale.ROOT)
        .format((fleet == null ? clock.instant() : fleet.at()).atZone(viewer.zone()));
  }

  /** A whole number in the viewer's language. */
  public String whole(long value) {
    return new Numbers(viewer.getLocale()).whole(value);
  }

  /** The form of a noun that goes with a number. */
  public String form(long number, String forms) {
    return Plural.of(viewer.getLocale(), number, forms);
  }
}
