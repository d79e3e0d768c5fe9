package org.kvantenergo.web.security;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;

/** Somebody on the way from the password to the code. Nobody is signed in yet. */
@SessionScoped
public class HalfSignIn implements Serializable {

  private static final long serialVersionUID = 1L;

  private String ticket;
  private boolean byProvider;
  private boolean lapsed;

  /**
   * The first half is done.
   *
   * @param provider whether a provider vouched, and there was no password
   */
  void begin(String owed, boolean provider) {
    ticket = owed;
    byProvider = provider;
    lapsed = false;
  }

  /** What the accounts gave; null if there is nobody on the way. */
  String ticket() {
    return ticket;
  }

  /** Whether a provider vouched for whoever is on the way. */
  boolean isByProvider() {
    return byProvider;
  }

  /** Somebody is in. */
  void end() {
    ticket = null;
  }

  /** It took too long: the person begins again, and is told so. */
  void lapse() {
    ticket = null;
    lapsed = true;
  }

  /** Whether to say so; once. */
  boolean tellLapsed() {
    boolean tell = lapsed;
    lapsed = false;
    return tell;
  }
}
