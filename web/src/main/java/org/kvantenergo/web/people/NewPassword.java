package org.kvantenergo.web.people;

/** A form for a new password: the one there is, and the new one twice. */
abstract class NewPassword extends OwnSecret {

  private static final long serialVersionUID = 1L;

  private transient String current;
  private transient String fresh;
  private transient String again;

  /** Whether the new one was typed twice alike; says so if not. */
  boolean alike() {
    boolean alike = text(fresh).equals(text(again));
    if (!alike) {
      say(false, "access.fault.AGAIN");
    }
    return alike;
  }

  /** The one there is, as typed. */
  char[] typedCurrent() {
    return chars(current);
  }

  /** The new one, as typed. */
  char[] typedFresh() {
    return chars(fresh);
  }

  public String getCurrent() {
    return "";
  }

  public void setCurrent(String current) {
    this.current = current;
  }

  public String getFresh() {
    return "";
  }

  public void setFresh(String fresh) {
    this.fresh = fresh;
  }

  public String getAgain() {
    return "";
  }

  public void setAgain(String again) {
    this.again = again;
  }
}
