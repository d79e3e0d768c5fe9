package org.kvantenergo.web.people;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.security.CurrentViewer;

/** «Мой доступ»: the own password, and where one is signed in. */
@Named("access")
@ViewScoped
public class PasswordView extends NewPassword {

  private static final long serialVersionUID = 1L;

  @Inject private transient Accounts accounts;
  @Inject private transient Sessions sessions;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private transient List<Line> lines;

  /**
   * A session as the page lists it.
   *
   * @param id of the session
   * @param address from where
   * @param agent what the browser says of itself
   * @param began when
   * @param seen when last used
   * @param own whether it is this one
   */
  public record Line(
      long id, String address, String agent, Moment began, Moment seen, boolean own) {}

  @PostConstruct
  void begin() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
    lines =
        sessions.list(viewer.caller(), viewer.token()).stream()
            .map(
                open ->
                    new Line(
                        open.id(),
                        open.address(),
                        open.agent(),
                        Moment.of(open.beganAt(), viewer.zone(), today),
                        Moment.of(open.seenAt(), viewer.zone(), today),
                        open.own()))
            .toList();
  }

  /** Changes the password; every other session of the person ends. */
  public void change() {
    if (!alike()) {
      return;
    }
    Optional<PasswordFault> fault =
        accounts.changePassword(viewer.caller(), typedCurrent(), typedFresh(), viewer.token());
    say(
        fault.isEmpty(),
        fault.map(found -> "access.fault." + found.name()).orElse("access.changed"));
    viewer.renew();
    begin();
  }

  /** Ends one of the sessions. */
  public void end(long id) {
    sessions.end(viewer.caller(), id);
    begin();
  }

  /** Ends all but this one. */
  public void endOthers() {
    sessions.endOthers(viewer.caller(), viewer.token());
    begin();
  }

  /** Whether nothing else can be opened before the password is changed. */
  public boolean isMust() {
    return viewer.get().mustChange();
  }

  public List<Line> getLines() {
    if (lines == null) {
      begin();
    }
    return lines;
  }
}
