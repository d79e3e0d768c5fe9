package org.kvantenergo.web.sso;

import org.kvantenergo.account.SignOn;

/** What the pages at {@code /} expect of us. */
final class Pages {

  /** Where a ticket is redeemed; the only place that its cookie goes to. */
  static final String SIGN_ON = "/sign-on";

  /** The ticket's cookie. */
  static final String TICKET = "KVANTTICKET";

  /** Seconds that a browser keeps it. */
  static final int PATIENCE = 60;

  private Pages() {}

  /** The login page, which says why. */
  static String refused(SignOn.Reason reason) {
    return "/login.xhtml?provider=" + reason.name();
  }
}
