package org.kvantenergo.web.people;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.Set;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.TechnologicalMode;
import org.kvantenergo.account.TechnologicalMode.Door;
import org.kvantenergo.web.security.CurrentViewer;

/** The own second password on «Мой доступ». */
@Named("second")
@ViewScoped
public class SecondPasswordView extends NewPassword {

  private static final long serialVersionUID = 1L;

  /** Faults that this form words otherwise than the one of the other password. */
  private static final Set<PasswordFault> OF_ITS_OWN =
      Set.of(PasswordFault.WRONG, PasswordFault.OTHER, PasswordFault.SAME);

  @Inject private transient TechnologicalMode mode;
  @Inject private CurrentViewer viewer;

  private transient String signIn;
  private transient TechnologicalMode.State state;

  /** Sets or replaces it. */
  public void save() {
    if (!alike()) {
      return;
    }
    Optional<PasswordFault> fault =
        mode.choosePassword(viewer.caller(), chars(signIn), typedCurrent(), typedFresh());
    say(fault.isEmpty(), fault.map(SecondPasswordView::told).orElse("second.saved"));
    state = null;
  }

  private static String told(PasswordFault fault) {
    return (OF_ITS_OWN.contains(fault) ? "second.fault." : "access.fault.") + fault.name();
  }

  /** Whether there is one. */
  public boolean isSet() {
    return state().set();
  }

  /** Whether a role asks for none. */
  public boolean isFree() {
    return state().door() == Door.FREE;
  }

  private TechnologicalMode.State state() {
    if (state == null) {
      state = mode.state(viewer.caller(), viewer.token());
    }
    return state;
  }

  public String getSignIn() {
    return "";
  }

  public void setSignIn(String signIn) {
    this.signIn = signIn;
  }
}
