package org.kvantenergo.web.people;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.TechnologicalMode;
import org.kvantenergo.account.TechnologicalMode.Entry;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.security.CurrentViewer;
import org.kvantenergo.web.security.ModePages;

/** «Технологический режим»: the door, and the way back out. */
@Named("mode")
@ViewScoped
public class TechnologicalView implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient TechnologicalMode mode;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;
  @Inject private ModePages pages;

  @Inject
  @ConfigProperty(name = "kvant.technological.idle", defaultValue = "PT15M")
  private Duration idle;

  private transient String password;
  private transient TechnologicalMode.State state;
  private transient int left;

  @PostConstruct
  void begin() {
    state = mode.state(viewer.caller(), viewer.token());
  }

  /** Opens the mode and goes where the person was going. */
  public void enter() throws IOException {
    char[] typed = password == null ? new char[0] : password.toCharArray();
    password = null;
    Entry entry = mode.enter(viewer.caller(), typed, viewer.token());
    if (entry instanceof Entry.Entered) {
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      external.redirect(external.getRequestContextPath() + pages.wanted());
    } else if (entry instanceof Entry.Refused refused) {
      left = refused.attemptsLeft();
    }
    begin();
  }

  /** Shuts the mode. */
  public void leave() {
    mode.leave(viewer.caller(), viewer.token());
    begin();
  }

  /** Name of how the mode stands. */
  public String getDoor() {
    return state().door().name();
  }

  /** When it shuts or opens, in the viewer's zone. */
  public String getUntil() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
    return Moment.of(state().until(), viewer.zone(), today).text();
  }

  private TechnologicalMode.State state() {
    if (state == null) {
      begin();
    }
    return state;
  }

  /** Attempts that are left after a wrong one; 0 = there was none. */
  public int getLeft() {
    return left;
  }

  /** After how many minutes without use the mode asks again. */
  public long getMinutes() {
    return Math.max(1, idle.toMinutes());
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }
}
