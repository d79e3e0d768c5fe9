package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import org.kvantenergo.account.FreshPassword;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.shared.Caller;

/** The present password, for other features. */
@ApplicationScoped
public class FreshPasswordBean implements FreshPassword {

  private final PresentPassword present;

  @Inject
  public FreshPasswordBean(PresentPassword present) {
    this.present = present;
  }

  /** For the proxies of CDI. */
  protected FreshPasswordBean() {
    this(null);
  }

  @Override
  public Optional<PasswordFault> fault(Caller caller, char[] typed) {
    try {
      return present.faultIfAny(caller, typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }
}
